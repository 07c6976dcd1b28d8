package macroscope.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.format.Value;
import macroscope.unit.DotComparison;
import macroscope.unit.Explanation;
import macroscope.unit.UnitSpec;

/** The result of an explained dot product, and what it would be elsewhere. */
final class ExplanationText {

  private ExplanationText() {}

  static void print(
      PrintWriter out,
      Explanation explanation,
      Optional<DotComparison> comparison,
      NumberFormat output) {
    out.printf(
        "%nd = %s = %s; zeros that nothing is aligned to are not shown, --csv has all terms.%n",
        Codes.hex(output, explanation.result()),
        ExplanationListing.number(output.decode(explanation.result())));
    comparison.ifPresent(c -> compare(out, output.decode(explanation.result()), c));
  }

  private static void compare(PrintWriter out, Value result, DotComparison comparison) {
    out.printf(
        "exact result:            %s%s%n",
        ExplanationListing.number(comparison.exact()), against(result, comparison.exact()));
    comparison
        .binary32()
        .map(Formats.BINARY32::decode)
        .ifPresent(
            chain ->
                out.printf(
                    "binary32 multiply-adds:  %s%s%n",
                    ExplanationListing.number(chain), against(chain, comparison.exact())));
  }

  /** How far a result is from the exact one. */
  private static String against(Value result, Value exact) {
    if (!result.isFinite() || !exact.isFinite()) {
      return "";
    }
    Value error = ExplanationListing.difference(result, exact);
    if (error.isZero()) {
      return ", no error";
    }
    String absolute = ExplanationListing.number(error);
    double relative = Double.parseDouble(absolute) / ExplanationListing.toDouble(exact);
    return exact.isZero()
        ? ", error " + absolute
        : String.format(Locale.ROOT, ", error %s (%.2g of it)", absolute, Math.abs(relative));
  }

  static ObjectNode json(
      UnitSpec unit,
      Explanation explanation,
      Optional<DotComparison> comparison,
      NumberFormat output) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("unit", unit.name());
    root.put("result_hex", Codes.hex(output, explanation.result()));
    root.put("result", ExplanationListing.number(output.decode(explanation.result())));
    comparison.ifPresent(c -> root.put("exact", ExplanationListing.number(c.exact())));
    comparison
        .flatMap(DotComparison::binary32)
        .ifPresent(chain -> root.put("binary32_hex", Codes.hex(Formats.BINARY32, chain)));
    root.set("terms", ExplanationListing.of(explanation).jsonArray());
    return root;
  }
}
