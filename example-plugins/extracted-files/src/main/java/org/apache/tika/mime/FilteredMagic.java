package org.apache.tika.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import org.apache.tika.detect.MagicDetector;
import org.jspecify.annotations.Nullable;

/**
 * Makes Tika's magic fast without changing its results. Tika tries each of its 440 rules on every
 * file, most of them by copying bytes and many by searching 8 KB. Here each rule gets a filter that
 * takes nanoseconds: can the rule match at all, given the byte at its place, or the pairs of bytes
 * in the file? Tika's own rule is tried only if it can.
 *
 * <p>The patterns of the rules are in private fields of Tika. If they cannot be read, such as in
 * another version, the rule stays as it is: slower, but right. Thread-safe.
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares these records.
public final class FilteredMagic {

  /** The number of bytes that are checked where a match may begin. */
  private static final int BEGINNING = 32;

  /** A pair with more possible values is no useful filter; two letters of either case have four. */
  private static final int MAX_CHOICES = 4;

  private static final int MAX_FIRST = 16;

  private static final int PAIR_WORDS = (1 << 16) / Long.SIZE;

  /** Bytes after the end count as zero, as they do for Tika. */
  private static final int AFTER_END = 0;

  private FilteredMagic() {}

  /**
   * Puts filters before the rules.
   *
   * @return the number of rules that got one
   */
  public static int install(MimeTypes types) {
    int filtered = 0;
    for (var mediaType : types.getMediaTypeRegistry().getTypes()) {
      try {
        for (var magic : types.forName(mediaType.toString()).getMagics()) {
          filtered += install(magic) ? 1 : 0;
        }
      } catch (MimeTypeException e) {
        throw new IllegalStateException("The registry has an invalid name: " + mediaType, e);
      }
    }
    return filtered;
  }

  /** The type of a file by its first bytes. The array must not be changed afterwards. */
  public static String detect(MimeTypes types, byte[] bytes) {
    // Without a stream, from which Tika would copy 64 KB.
    try {
      return types.getMimeType(bytes).get(0).getType().toString();
    } finally {
      Content.forget();
    }
  }

  private static synchronized boolean install(Magic magic) {
    try {
      var field = field(Magic.class, "clause");
      var clause = (Clause) field.get(magic);
      if (clause instanceof FilteredClause) {
        return true;
      }
      var filter = filter(clause);
      if (filter == null) {
        return false;
      }
      field.set(
          magic,
          new FilteredClause(filter, clause instanceof MagicMatch ? clause : filtered(clause)));
      return true;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return false;
    }
  }

  private static Field field(Class<?> type, String name) throws ReflectiveOperationException {
    var field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  /** Whether a rule can match; null if that is unknown. */
  @FunctionalInterface
  private interface Filter {
    boolean mayMatch(Content content);

    /** Whether it can match a file that begins with this byte. */
    default boolean mayBegin(int first) {
      return true;
    }
  }

  /** Two filters that must both let a file pass. */
  private record Both(Filter one, Filter other) implements Filter {
    @Override
    public boolean mayMatch(Content content) {
      return one.mayMatch(content) && other.mayMatch(content);
    }

    @Override
    public boolean mayBegin(int first) {
      return one.mayBegin(first) && other.mayBegin(first);
    }
  }

  /** Several filters, a given number of which must let a file pass. */
  private record Some(Filter[] filters, int needed) implements Filter {
    @Override
    public boolean mayMatch(Content content) {
      int count = 0;
      for (int i = 0; i < filters.length && count < needed; i++) {
        count += filters[i].mayMatch(content) ? 1 : 0;
      }
      return count >= needed;
    }

    @Override
    public boolean mayBegin(int first) {
      return Arrays.stream(filters).filter(filter -> filter.mayBegin(first)).count() >= needed;
    }
  }

  /** Bytes that must be at their places. */
  private record Places(int offset, boolean[][] sets) implements Filter {
    @Override
    public boolean mayMatch(Content content) {
      for (int i = 0; i < sets.length; i++) {
        if (!sets[i][content.at(offset + i)]) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean mayBegin(int first) {
      return offset > 0 || sets[0][first];
    }
  }

  /** Sets of pairs of bytes, of each of which one must be in the file. */
  private record Pairs(int[][] choices) implements Filter {
    @Override
    public boolean mayMatch(Content content) {
      for (var each : choices) {
        if (!content.hasPair(each)) {
          return false;
        }
      }
      return true;
    }
  }

  /** A regular expression, with the pairs of bytes that a match can begin with. */
  private record Regex(Pattern pattern, long[] first, int begin, int end) implements Filter {
    @Override
    public boolean mayMatch(Content content) {
      return begin == end
          ? isIn(first, content.pairAt(begin))
          : content.hasAny(first) && content.canBegin(pattern, first, begin, end);
    }

    @Override
    public boolean mayBegin(int high) {
      return begin != end
          || begin > 0
          || IntStream.range(0, 256).anyMatch(low -> isIn(first, high << 8 | low));
    }
  }

  /** The rule with filters inside it, if its parts are rules themselves. */
  private static Clause filtered(Clause clause) throws ReflectiveOperationException {
    if (clause instanceof AndClause) {
      var parts = (Clause[]) field(AndClause.class, "clauses").get(clause);
      for (int i = 0; i < parts.length; i++) {
        parts[i] = filtered(parts[i]);
      }
      return clause;
    }
    if (clause instanceof OrClause || clause instanceof MinShouldMatchClause) {
      @SuppressWarnings("unchecked") // As Tika declares it.
      var parts = (List<Clause>) field(clause.getClass(), "clauses").get(clause);
      for (int i = 0; i < parts.size(); i++) {
        parts.set(i, filtered(parts.get(i)));
      }
      return clause;
    }
    var filter = filter(clause);
    return filter == null ? clause : new FilteredClause(filter, clause);
  }

  private static @Nullable Filter filter(Clause clause) throws ReflectiveOperationException {
    if (clause instanceof MagicMatch match) {
      return filter(match);
    }
    if (clause instanceof AndClause) {
      Filter both = null;
      for (var part : (Clause[]) field(AndClause.class, "clauses").get(clause)) {
        var next = filter(part);
        both = both == null || next == null ? (both == null ? next : both) : new Both(both, next);
      }
      return both;
    }
    if (clause instanceof OrClause) {
      return some(parts(clause), 1);
    }
    if (clause instanceof MinShouldMatchClause) {
      return some(parts(clause), field(MinShouldMatchClause.class, "min").getInt(clause));
    }
    return null;
  }

  private static List<@Nullable Filter> parts(Clause clause) throws ReflectiveOperationException {
    var parts = new ArrayList<@Nullable Filter>();
    for (var part : (Collection<?>) field(clause.getClass(), "clauses").get(clause)) {
      parts.add(filter((Clause) part));
    }
    return parts;
  }

  /**
   * Whether a given number of the parts can match; a part without a filter counts as one that can.
   */
  private static @Nullable Filter some(List<@Nullable Filter> parts, int least) {
    var filters = parts.stream().filter(Objects::nonNull).toArray(Filter[]::new);
    int needed = least - (parts.size() - filters.length);
    return needed <= 0 ? null : new Some(filters, needed);
  }

  private static @Nullable Filter filter(MagicMatch match) throws ReflectiveOperationException {
    Method getDetector = MagicMatch.class.getDeclaredMethod("getDetector");
    getDetector.setAccessible(true);
    var detector = (MagicDetector) getDetector.invoke(match);
    var pattern = (byte[]) field(MagicDetector.class, "pattern").get(detector);
    var mask = (byte @Nullable []) field(MagicDetector.class, "mask").get(detector);
    boolean isAnyCase = field(MagicDetector.class, "isStringIgnoreCase").getBoolean(detector);
    int begin = field(MagicDetector.class, "offsetRangeBegin").getInt(detector);
    int end = field(MagicDetector.class, "offsetRangeEnd").getInt(detector);
    if (pattern.length == 0) {
      return null;
    }
    if (field(MagicDetector.class, "isRegex").getBoolean(detector)) {
      return regex(new String(pattern, UTF_8), isAnyCase, begin, end);
    }
    var sets = new ArrayList<boolean[]>();
    for (int i = 0; i < pattern.length; i++) {
      sets.add(bytes(pattern[i], mask == null ? -1 : mask[i], isAnyCase));
    }
    return begin == end ? new Places(begin, sets.toArray(boolean[][]::new)) : pairs(sets);
  }

  /** The bytes that match one byte of a pattern. */
  private static boolean[] bytes(byte wanted, int mask, boolean isAnyCase) {
    var set = new boolean[256];
    for (int b = 0; b < 256; b++) {
      int masked = (byte) (b & mask);
      if (isAnyCase) {
        masked = Character.toLowerCase(masked);
      }
      set[b] = masked == wanted;
    }
    return set;
  }

  /**
   * The pairs of bytes that a match of a regular expression can begin with, a bit for each: those
   * with which it matches, or would if more bytes followed. Null if it can match nothing at all.
   */
  private static long @Nullable [] firstPairs(Pattern pattern) {
    if (pattern.matcher("").lookingAt()) {
      return null;
    }
    var pairs = new long[PAIR_WORDS];
    var first =
        IntStream.range(0, 256).filter(b -> canBegin(pattern, String.valueOf((char) b))).toArray();
    // If nearly any byte can come first, the second is no useful filter either.
    boolean isPicky = first.length <= MAX_FIRST;
    for (int high : first) {
      for (int low = 0; low < 256; low++) {
        if (!isPicky || canBegin(pattern, (char) high + String.valueOf((char) low))) {
          add(pairs, high << 8 | low);
        }
      }
    }
    return pairs;
  }

  private static @Nullable Filter regex(String regex, boolean isAnyCase, int begin, int end) {
    try {
      var pattern = Pattern.compile(regex, isAnyCase ? Pattern.CASE_INSENSITIVE : 0);
      var first = firstPairs(pattern);
      return first == null ? null : new Regex(pattern, first, begin, end);
    } catch (PatternSyntaxException e) {
      return null;
    }
  }

  private static boolean canBegin(Pattern pattern, String text) {
    var matcher = pattern.matcher(text);
    return matcher.lookingAt() || matcher.hitEnd();
  }

  private static void add(long[] pairs, int pair) {
    pairs[pair >> 6] |= 1L << pair;
  }

  private static boolean isIn(long[] pairs, int pair) {
    return (pairs[pair >> 6] >>> pair & 1) != 0;
  }

  /** Any two bytes that are adjacent in the pattern must be adjacent in the file. */
  private static @Nullable Filter pairs(List<boolean[]> sets) {
    var pairs = new ArrayList<int[]>();
    for (int i = 0; i + 1 < sets.size(); i++) {
      var first = members(sets.get(i));
      var second = members(sets.get(i + 1));
      if (first.length * second.length <= MAX_CHOICES) {
        pairs.add(
            Arrays.stream(first)
                .flatMap(high -> Arrays.stream(second).map(low -> high << 8 | low))
                .toArray());
      }
    }
    return pairs.isEmpty() ? null : new Pairs(pairs.toArray(int[][]::new));
  }

  private static int[] members(boolean[] set) {
    return IntStream.range(0, set.length).filter(b -> set[b]).toArray();
  }

  /** A rule with a filter before it. */
  private static final class FilteredClause implements Clause {

    private static final long serialVersionUID = 1L;

    private final transient Filter filter;
    private final Clause clause;
    private final boolean[] first = new boolean[256];

    FilteredClause(Filter filter, Clause clause) {
      this.filter = filter;
      this.clause = clause;
      for (int b = 0; b < first.length; b++) {
        first[b] = filter.mayBegin(b);
      }
    }

    @Override
    public boolean eval(byte[] data) {
      return first[data.length == 0 ? AFTER_END : data[0] & 0xff]
          && filter.mayMatch(Content.of(data))
          && clause.eval(data);
    }

    @Override
    public int size() {
      return clause.size();
    }

    @Override
    public String toString() {
      return clause.toString();
    }
  }

  /**
   * The facts about a file that filters ask for. Confined to a thread, which keeps those about the
   * last file.
   */
  private static final class Content {

    private static final ThreadLocal<Content> LAST =
        ThreadLocal.withInitial(() -> new Content(new byte[0]));

    private final byte[] data;
    private long @Nullable [] pairs;

    private Content(byte[] data) {
      this.data = data;
    }

    /** Tika makes an array for each file, and tries all rules on it in turn. */
    static Content of(byte[] data) {
      var last = LAST.get();
      if (last.data != data) {
        last = new Content(data);
        LAST.set(last);
      }
      return last;
    }

    static void forget() {
      LAST.remove();
    }

    int at(int offset) {
      return offset < data.length ? data[offset] & 0xff : AFTER_END;
    }

    int pairAt(int offset) {
      return at(offset) << 8 | at(offset + 1);
    }

    /** Whether one of some pairs is in the file. */
    boolean hasAny(long[] wanted) {
      var known = pairs();
      for (int i = 0; i < wanted.length; i++) {
        if ((known[i] & wanted[i]) != 0) {
          return true;
        }
      }
      return false;
    }

    /** Whether a match can begin at one of some places, judging by a few bytes. */
    boolean canBegin(Pattern pattern, long[] first, int begin, int end) {
      for (int place = begin; place <= Math.min(end, data.length); place++) {
        if (isIn(first, pairAt(place))) {
          int length = Math.max(0, Math.min(BEGINNING, data.length - place));
          if (length < BEGINNING
              || FilteredMagic.canBegin(pattern, new String(data, place, length, ISO_8859_1))) {
            return true;
          }
        }
      }
      return false;
    }

    /** Whether one of a few pairs is in the file. */
    boolean hasPair(int[] choices) {
      var known = pairs();
      for (int choice : choices) {
        if (isIn(known, choice)) {
          return true;
        }
      }
      return false;
    }

    /** The pairs that are in the file, a bit for each. */
    private long[] pairs() {
      var known = pairs;
      if (known == null) {
        known = new long[PAIR_WORDS];
        int pair = AFTER_END;
        for (byte b : data) {
          pair = (pair << 8 | b & 0xff) & 0xffff;
          add(known, pair);
        }
        add(known, pair << 8 & 0xffff);
        add(known, AFTER_END);
        pairs = known;
      }
      return known;
    }
  }
}
