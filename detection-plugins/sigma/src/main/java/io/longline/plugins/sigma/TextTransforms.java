package io.longline.plugins.sigma;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The modifiers that make other strings of a string (Sigma modifiers appendix 2.1). */
final class TextTransforms {

  /** The most strings that may be made of one. */
  private static final int MAX_VARIANTS = 10_000;

  private static final List<String> DASHES = List.of("-", "/", "\u2013", "\u2014", "\u2015");

  /** As in pySigma: one that is at the start of a word. */
  private static final Pattern DASH = Pattern.compile("(?<!\\w)[-/](?=\\w)");

  private static final Pattern PLACEHOLDER = Pattern.compile("(?<!\\\\)%(\\w+)%");

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xff, (byte) 0xfe};

  private TextTransforms() {}

  /** Base64 of the string. */
  static SigmaText base64(SigmaText text) throws RuleException {
    return SigmaText.literal(Base64.getEncoder().encode(plain(text, "base64")));
  }

  /** What does not change of the string's Base64 where it starts at the first to third byte. */
  static List<SigmaText> base64Offset(SigmaText text) throws RuleException {
    var bytes = plain(text, "base64offset");
    var all = new ArrayList<SigmaText>();
    for (int offset = 0; offset < 3; offset++) {
      var shifted = new byte[offset + bytes.length];
      System.arraycopy(bytes, 0, shifted, offset, bytes.length);
      var encoded = Base64.getEncoder().encode(shifted);
      // The first characters depend on what is before, the last ones on what follows.
      int from = offset == 0 ? 0 : offset + 1;
      int surplus = shifted.length % 3;
      int to = encoded.length - (surplus == 0 ? 0 : surplus == 1 ? 3 : 2);
      all.add(SigmaText.literal(Arrays.copyOfRange(encoded, from, Math.max(from, to))));
    }
    return all;
  }

  private static byte[] plain(SigmaText text, String modifier) throws RuleException {
    if (text.hasWildcards()) {
      throw new RuleException(
          "the modifier %s is for strings without wildcards, unlike \"%s\""
              .formatted(modifier, text));
    }
    return text.bytes();
  }

  /** The string in UTF-16, without a mark of the byte order; wildcards stay. */
  static SigmaText utf16(SigmaText text, boolean isBigEndian) {
    return encoded(text, isBigEndian ? UTF_16BE : UTF_16LE);
  }

  /** The string in UTF-16 with the mark of the byte order before it. */
  static SigmaText utf16Marked(SigmaText text) {
    return encoded(text, UTF_16LE).between(List.of(new SigmaText.Run(BYTE_ORDER_MARK)), List.of());
  }

  private static SigmaText encoded(SigmaText text, Charset charset) {
    var parts = new ArrayList<SigmaText.Part>();
    for (var part : text.parts()) {
      parts.add(
          part instanceof SigmaText.Run run
              ? new SigmaText.Run(run.toString().getBytes(charset))
              : part);
    }
    return merged(parts);
  }

  /** Runs that lie side by side become one. */
  private static SigmaText merged(List<SigmaText.Part> parts) {
    var merged = new ArrayList<SigmaText.Part>();
    var run = new ByteArrayOutputStream();
    for (var part : parts) {
      if (part instanceof SigmaText.Run each) {
        run.writeBytes(each.bytes());
      } else {
        endRun(run, merged);
        merged.add(part);
      }
    }
    endRun(run, merged);
    return new SigmaText(merged);
  }

  private static void endRun(ByteArrayOutputStream run, List<SigmaText.Part> parts) {
    if (run.size() > 0) {
      parts.add(new SigmaText.Run(run.toByteArray()));
      run.reset();
    }
  }

  /** The string with each dash or slash that begins a word as any of the dashes and the slash. */
  static List<SigmaText> windash(SigmaText text) throws RuleException {
    var choices = new ArrayList<List<SigmaText>>();
    for (var part : text.parts()) {
      if (part instanceof SigmaText.Run run) {
        addDashes(run.toString(), choices);
      } else {
        choices.add(List.of(new SigmaText(List.of(part))));
      }
    }
    return product(choices, "windash");
  }

  private static void addDashes(String run, List<List<SigmaText>> choices) {
    var matcher = DASH.matcher(run);
    int from = 0;
    while (matcher.find()) {
      choices.add(List.of(SigmaText.literal(run.substring(from, matcher.start()))));
      choices.add(DASHES.stream().map(SigmaText::literal).toList());
      from = matcher.end();
    }
    choices.add(List.of(SigmaText.literal(run.substring(from))));
  }

  /** The string with the values of its placeholders. */
  static List<SigmaText> expand(SigmaText text, Map<String, List<String>> placeholders)
      throws RuleException {
    var choices = new ArrayList<List<SigmaText>>();
    for (var part : text.parts()) {
      if (part instanceof SigmaText.Run run) {
        addValues(run.bytes(), placeholders, choices);
      } else {
        choices.add(List.of(new SigmaText(List.of(part))));
      }
    }
    return product(choices, "expand");
  }

  private static void addValues(
      byte[] run, Map<String, List<String>> placeholders, List<List<SigmaText>> choices)
      throws RuleException {
    // Byte by byte, since another modifier may have made bytes that are no UTF-8.
    var text = new String(run, ISO_8859_1);
    var matcher = PLACEHOLDER.matcher(text);
    int from = 0;
    while (matcher.find()) {
      choices.add(List.of(unescaped(text.substring(from, matcher.start()))));
      var values = placeholders.get(matcher.group(1));
      if (values == null || values.isEmpty()) {
        throw new RuleException(
            "the modifier expand needs values for the placeholder %%%s%%: list them in the site file under placeholders"
                .formatted(matcher.group(1)));
      }
      choices.add(values.stream().map(SigmaText::parse).toList());
      from = matcher.end();
    }
    choices.add(List.of(unescaped(text.substring(from))));
  }

  private static SigmaText unescaped(String text) {
    return SigmaText.literal(text.replace("\\%", "%").getBytes(ISO_8859_1));
  }

  private static List<SigmaText> product(List<List<SigmaText>> choices, String modifier)
      throws RuleException {
    var all = List.of(new SigmaText(List.of()));
    for (var choice : choices) {
      if ((long) all.size() * choice.size() > MAX_VARIANTS) {
        throw new RuleException(
            "the modifier %s makes more than %,d strings of one".formatted(modifier, MAX_VARIANTS));
      }
      var longer = new ArrayList<SigmaText>(all.size() * choice.size());
      for (var start : all) {
        for (var each : choice) {
          longer.add(start.between(List.of(), each.parts()));
        }
      }
      all = longer;
    }
    return all.stream().map(each -> merged(each.parts())).toList();
  }

  /** The text of a string as it stands in a rule, for a name such as that of a field. */
  static String name(SigmaText text) throws RuleException {
    return new String(plain(text, "fieldref"), UTF_8);
  }
}
