package macroscope.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import macroscope.format.NumberFormat;
import macroscope.input.InputException;
import macroscope.report.Listing;
import macroscope.unit.DotComparison;
import macroscope.unit.DotProductUnit;
import macroscope.unit.Explainer;
import macroscope.unit.Explanation;
import macroscope.unit.Instruction;
import macroscope.unit.Neighbour;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;
import macroscope.verify.DotRow;
import macroscope.verify.Outcome;
import macroscope.verify.ReplayedRow;
import macroscope.verify.Verifier;

/** {@code explain --row}: a row of a vector file, and why the model agrees or differs. */
final class ExplainedRow {

  private final ListingStyle style;
  private final PrintWriter out;

  ExplainedRow(ListingStyle style, PrintWriter out) {
    this.style = style;
    this.out = out;
  }

  /**
   * Prints the explanation of a row.
   *
   * @param place {@code FILE:LINE}
   * @return 0 if the model agrees with the row, else 1
   * @throws InputException if there is no such row
   */
  int explain(String place) {
    int colon = place.lastIndexOf(':');
    if (colon < 1 || !place.substring(colon + 1).matches("\\d{1,9}")) {
      throw new InputException("--row", "must be FILE:LINE, the header being line 1: " + place);
    }
    Path file = Path.of(place.substring(0, colon));
    long line = Long.parseLong(place.substring(colon + 1));
    ReplayedRow row =
        Verifier.of(FittedTechnologies.installed(), VerifyCommand.timed(), 1, 1).row(file, line);
    if (row.dot().isPresent()) {
      dot(row, row.dot().get());
    } else {
      fields(row);
    }
    out.flush();
    return row.outcome() instanceof Outcome.Failed || row.outcome() instanceof Outcome.Unsupported
        ? 1
        : 0;
  }

  /** Of other kinds of rows: what they hold, and the first difference. */
  private void fields(ReplayedRow row) {
    List<List<Object>> rows = new ArrayList<>();
    row.fields().forEach(field -> rows.add(List.of(field.getKey(), field.getValue())));
    rows.add(List.of("outcome", outcome(row)));
    style.print(new Listing(List.of("column", "value"), rows), out);
  }

  private static String outcome(ReplayedRow row) {
    if (row.outcome() instanceof Outcome.Failed f) {
      return "differs in " + f.field() + ": expected " + f.expected() + ", got " + f.got();
    }
    if (row.outcome() instanceof Outcome.Unsupported u) {
      return "not modelled: " + u.reason();
    }
    if (row.outcome() instanceof Outcome.Measured m) {
      return m.predictions().stream()
          .map(p -> p.metric() + " predicted " + p.predicted() + ", measured " + p.measured())
          .collect(Collectors.joining("; "));
    }
    return "agrees";
  }

  private void dot(ReplayedRow row, DotRow dot) {
    Instruction instruction = dot.instruction();
    UnitSpec spec = instruction.unit();
    NumberFormat output = Units.create(spec).accumulatorFormat();
    Explainer.Operands operands = operands(dot, output);
    Explanation explanation = Explainer.explain(spec, operands);
    Optional<DotComparison> comparison = DotComparison.of(spec, operands);
    List<String> neighbours = row.outcome() instanceof Outcome.Failed ? neighbours(dot) : List.of();
    if (style.csv()) {
      style.print(ExplanationListing.of(explanation), out);
    } else if (style.json()) {
      out.println(
          json(row, dot, ExplanationText.json(spec, explanation, comparison, output), neighbours));
    } else {
      out.printf("row %s: %s%n%n", row.id(), instruction.name());
      style.print(ExplanationListing.brief(explanation), out);
      ExplanationText.print(out, explanation, comparison, output);
      verdict(row, dot, output, neighbours);
    }
  }

  private static Explainer.Operands operands(DotRow dot, NumberFormat output) {
    OperandCodes codes = OperandCodes.of(dot.instruction().unit(), output);
    return codes.operands(
        joined(dot.a().elements()),
        joined(dot.b().elements()),
        joined(dot.a().scales()),
        joined(dot.b().scales()),
        Long.toHexString(dot.c()));
  }

  private static String joined(long[] words) {
    return Arrays.stream(words).mapToObj(Long::toHexString).collect(Collectors.joining("_"));
  }

  /** Units that differ in one parameter and give what the row expects. */
  private static List<String> neighbours(DotRow dot) {
    return Neighbour.of(dot.instruction().unit(), Optional.of(dot.instruction())).stream()
        .filter(neighbour -> gives(dot, Units.create(neighbour.unit())))
        .map(Neighbour::difference)
        .toList();
  }

  private static boolean gives(DotRow dot, DotProductUnit<?> unit) {
    return dot.instruction().dot(unit, dot.a(), dot.b(), dot.c()) == dot.expected();
  }

  private void verdict(ReplayedRow row, DotRow dot, NumberFormat output, List<String> neighbours) {
    long expected = dot.instruction().d().code(dot.expected());
    out.printf(
        "the row expects          %s = %s: %s%n",
        Codes.hex(output, expected),
        ExplanationListing.number(output.decode(expected)),
        row.outcome() instanceof Outcome.Passed ? "they agree" : "they differ");
    if (row.outcome() instanceof Outcome.Failed) {
      neighbours.forEach(
          n -> out.printf("the expected word comes of a unit that differs in this: %s%n", n));
      if (neighbours.isEmpty()) {
        out.println("no unit that differs in one parameter gives the expected word");
      }
    }
  }

  private static ObjectNode json(
      ReplayedRow row, DotRow dot, ObjectNode explanation, List<String> neighbours) {
    explanation.put("row", row.id());
    explanation.put("expected_hex", "0x" + Long.toHexString(dot.expected()));
    explanation.put("agrees", row.outcome() instanceof Outcome.Passed);
    ArrayNode differences = explanation.putArray("expected_if");
    neighbours.forEach(differences::add);
    return explanation;
  }
}
