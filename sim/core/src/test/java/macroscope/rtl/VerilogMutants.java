package macroscope.rtl;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Modules of the Verilog library with one small mistake each: an operator exchanged, an inversion
 * forgotten, a constant bit turned, the branches of a choice swapped, a carry lost.
 */
final class VerilogMutants {

  /** What is looked for, as a regular expression, and what stands there instead. */
  private record Mistake(Pattern from, String to) {
    Mistake(String from, String to) {
      this(Pattern.compile(from), to);
    }
  }

  private static final List<Mistake> MISTAKES =
      List.of(
          new Mistake(" \\+ ", " - "),
          new Mistake(" - ", " + "),
          new Mistake(" & ", " | "),
          new Mistake(" \\| ", " & "),
          new Mistake(" \\^ ", " | "),
          new Mistake(" == ", " != "),
          new Mistake(" != ", " == "),
          new Mistake(" \\* ", " + "),
          new Mistake("\\+1\\)", ")"),
          new Mistake("(?<=[ {])&(?=[a-z])", "|"),
          new Mistake(" < ", " > "),
          new Mistake(" > ", " < "),
          new Mistake(" << ", " >> "),
          new Mistake(" >>>? ", " << "),
          new Mistake("~\\|", "|"),
          new Mistake("~(?![|&])", ""),
          new Mistake("(?<=[ {(])\\|(?=[a-z~])", "&"),
          new Mistake("1'b0", "1'b1"),
          new Mistake("3'b000", "3'b001"),
          new Mistake("\\? ([a-zA-Z_{][^:?]*?) : ([^:?;]+?)(?=[;,)])", "? $2 : $1"),
          new Mistake(" \\+ (?:up|negative);", ";"),
          new Mistake("(?:first_entered|starts|first) \\?", "1'b0 ?"));

  private VerilogMutants() {}

  /**
   * A module with a mistake.
   *
   * @param line where it is, from 1
   * @param was the line as it should be
   * @param is the line as it is
   * @param source the module
   */
  record Mutant(String module, int line, String was, String is, String source) {
    @Override
    public String toString() {
      return module + ".v:" + line + ": " + was.strip() + " -> " + is.strip();
    }
  }

  /** Every mutant of a module, one mistake at one place each. */
  static List<Mutant> of(String module) {
    String[] lines = VerilogLibrary.source(module).split("\n", -1);
    List<Mutant> mutants = new ArrayList<>();
    boolean body = false;
    for (int i = 0; i < lines.length; i++) {
      if (body && computes(lines[i])) {
        ofLine(module, lines, i, mutants);
      }
      body |= lines[i].equals(");");
    }
    return mutants;
  }

  /** Whether a line computes signals: no comment, instance or branch of the generator. */
  private static boolean computes(String line) {
    String code = line.strip();
    boolean signals =
        code.matches(
            "(assign|wire|localparam|reg|\\?|:|\\||always|.* <= |\\.(code|accumulator|x|y)\\().*");
    return signals && !code.startsWith("//") && !code.contains("begin :");
  }

  private static void ofLine(String module, String[] lines, int i, List<Mutant> mutants) {
    for (Mistake mistake : MISTAKES) {
      Matcher matcher = mistake.from.matcher(lines[i]);
      // What a declaration has before its value are widths.
      int from = Math.max(0, lines[i].indexOf('='));
      for (boolean found = matcher.find(from); found; found = matcher.find()) {
        String is =
            lines[i].substring(0, matcher.start())
                + replacement(mistake, matcher)
                + lines[i].substring(matcher.end());
        mutants.add(new Mutant(module, i + 1, lines[i], is, source(lines, i, is)));
      }
    }
  }

  private static String replacement(Mistake mistake, Matcher matcher) {
    String text = mistake.to;
    for (int group = 1; group <= matcher.groupCount(); group++) {
      text = text.replace("$" + group, matcher.group(group));
    }
    return text;
  }

  private static String source(String[] lines, int changed, String is) {
    String[] copy = lines.clone();
    copy[changed] = is;
    return String.join("\n", copy);
  }
}
