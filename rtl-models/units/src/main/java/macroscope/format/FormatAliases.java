package macroscope.format;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names that are not canonical, and what to say to those that mean nothing or too much. */
final class FormatAliases {

  /** Type names of PTX, of the AMD and Intel manuals. */
  static final Map<String, String> IN_DOT_FILES =
      Map.ofEntries(
          Map.entry("f64", "binary64"),
          Map.entry("f32", "binary32"),
          Map.entry("f16", "binary16"),
          Map.entry("bf16", "bfloat16"),
          Map.entry("xf32", "tf32"),
          Map.entry("e4m3", "e4m3fn"),
          Map.entry("e3m2", "e3m2fn"),
          Map.entry("e2m3", "e2m3fn"),
          Map.entry("e2m1", "e2m1fn"),
          Map.entry("ue8m0", "e8m0"),
          Map.entry("s32", "int32"),
          Map.entry("s8", "int8"),
          Map.entry("u8", "uint8"),
          Map.entry("s4", "int4"),
          Map.entry("u4", "uint4"),
          Map.entry("b1", "uint1"));

  private static final Map<String, String> OF_USERS =
      Map.ofEntries(
          Map.entry("fp64", "binary64"),
          Map.entry("f64", "binary64"),
          Map.entry("float64", "binary64"),
          Map.entry("double", "binary64"),
          Map.entry("fp32", "binary32"),
          Map.entry("f32", "binary32"),
          Map.entry("float32", "binary32"),
          Map.entry("float", "binary32"),
          Map.entry("single", "binary32"),
          Map.entry("fp16", "binary16"),
          Map.entry("f16", "binary16"),
          Map.entry("float16", "binary16"),
          Map.entry("half", "binary16"),
          Map.entry("bf16", "bfloat16"),
          Map.entry("ue8m0", "e8m0"),
          Map.entry("e3m2", "e3m2fn"),
          Map.entry("e2m3", "e2m3fn"),
          Map.entry("e2m1", "e2m1fn"));

  private static final Map<String, List<String>> AMBIGUOUS =
      Map.of(
          "e4m3", List.of("e4m3fn", "gen_e4m3_ieee", "e4m3fnuz", "e4m3b11fnuz", "gen_e4m3_fin"),
          "fp8", List.of("e4m3fn", "e5m2", "e4m3fnuz", "e5m2fnuz"),
          "fp6", List.of("e2m3fn", "e3m2fn"),
          "fp4", List.of("e2m1fn", "gen_e3m0_fin", "nf4"));

  private FormatAliases() {}

  /** The canonical name that a person means, or the name itself, in lower case. */
  static String ofUser(String name) {
    String lower = name.trim().toLowerCase(Locale.ROOT);
    if (AMBIGUOUS.containsKey(lower)) {
      throw ambiguous(name, AMBIGUOUS.get(lower));
    }
    boolean fieldsOnly = lower.matches("e\\d+m\\d+");
    if (fieldsOnly && !OF_USERS.containsKey(lower) && Formats.find(lower).isEmpty()) {
      throw ambiguous(
          name, Stream.of("ieee", "fn", "fnuz", "fin").map(s -> "gen_" + lower + "_" + s).toList());
    }
    return OF_USERS.getOrDefault(lower, lower);
  }

  /** Whether people use the name for one format or for several. */
  static boolean isKnown(String lower) {
    return OF_USERS.containsKey(lower) || AMBIGUOUS.containsKey(lower);
  }

  private static UnknownFormatException ambiguous(String name, List<String> candidates) {
    return new UnknownFormatException(
        "format " + name + " is ambiguous: one of " + String.join(", ", candidates));
  }

  static UnknownFormatException unknown(String name) {
    String nearest =
        Stream.concat(Formats.all().stream().map(NumberFormat::name), OF_USERS.keySet().stream())
            .sorted(Comparator.<String>comparingInt(n -> distance(n, name)).thenComparing(n -> n))
            .limit(3)
            .collect(Collectors.joining(", "));
    return new UnknownFormatException("unknown format " + name + "; nearest: " + nearest);
  }

  /** Edits (insertions, deletions, replacements) between two names. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(previous[j], row[j - 1]));
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
