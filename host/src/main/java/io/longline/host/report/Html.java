package io.longline.host.report;

import io.longline.host.event.PrintableText;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/**
 * Writes a page. Texts that are not the program's own go through {@link #text}, whatever they are:
 * nothing of them can become markup. Confined to one thread.
 */
final class Html {

  private final Writer out;

  Html(Writer out) {
    this.out = out;
  }

  /** Writes markup of the program. */
  Html markup(String markup) throws IOException {
    out.write(markup);
    return this;
  }

  /**
   * Writes a text, which may also stand in an attribute in double quotes. Characters that a browser
   * does not show, or that turn the direction of writing, are shown as such.
   */
  Html text(String text) throws IOException {
    var shown = PrintableText.line(text);
    for (int i = 0; i < shown.length(); i++) {
      char c = shown.charAt(i);
      switch (c) {
        case '&' -> out.write("&amp;");
        case '<' -> out.write("&lt;");
        case '>' -> out.write("&gt;");
        case '"' -> out.write("&quot;");
        case '\'' -> out.write("&#39;");
        default -> out.write(c);
      }
    }
    return this;
  }

  Html number(long number) throws IOException {
    return text(String.format(Locale.ROOT, "%,d", number));
  }

  /** Writes a text in an element without attributes. */
  Html element(String name, String text) throws IOException {
    return markup("<" + name + ">").text(text).markup("</" + name + ">");
  }
}
