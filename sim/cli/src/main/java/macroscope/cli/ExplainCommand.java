package macroscope.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import macroscope.config.UnitNames;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.format.Value;
import macroscope.unit.DotComparison;
import macroscope.unit.DotProductUnit;
import macroscope.unit.Explainer;
import macroscope.unit.Explanation;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain}: one dot product, term by term. */
@Command(
    name = "explain",
    description = {
      "Shows one dot product term by term: its exact terms, the exponent they are aligned to, what is",
      "kept and what is cut off of each, partial sums, and the rounding; then the exact result and that",
      "of binary32 multiply-adds. Of units that align nothing, each rounding is a step."
    },
    footer = {
      "",
      "Codes are hex digits joined by commas or underscores: registers of an instruction, as vector",
      "files have them, else codes of the operand's format. What has a point or a sign, inf and nan are",
      "numbers, rounded to the nearest: 0.5, +3, -1.5e3. Missing products are zeros.",
      "",
      "Examples:",
      "  macroscope explain nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3 --a 7e,38,01 --b 7e,b8,01",
      "  macroscope explain nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3 --a 448.0,+1,0.5 --b 448.0,-1,0.3",
      "  macroscope explain nvidia.hopper.mma.m16n8k8.f32.f16.f16.f32 --a 3c00_0400 --b 3c00_3c00 \\",
      "      --c 4b800000 --csv"
    })
final class ExplainCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ListingStyle style;

  @Parameters(paramLabel = "UNIT", description = "A unit, as for units.")
  private String unit;

  @Option(names = "--a", required = true, paramLabel = "CODES", description = "Left operand.")
  private String a;

  @Option(names = "--b", required = true, paramLabel = "CODES", description = "Right operand.")
  private String b;

  @Option(names = "--c", paramLabel = "CODE", description = "Addend; default: 0.")
  private String c = "0";

  @Option(
      names = "--scale-a",
      paramLabel = "CODES",
      description = "Scales of the blocks of a; default: 1.")
  private Optional<String> scaleA = Optional.empty();

  @Option(
      names = "--scale-b",
      paramLabel = "CODES",
      description = "Scales of the blocks of b; default: 1.")
  private Optional<String> scaleB = Optional.empty();

  @Override
  public void run() {
    UnitSpec found = UnitNames.find(unit);
    DotProductUnit<?> made = Units.create(found);
    OperandCodes codes = OperandCodes.of(found, made.accumulatorFormat());
    Explainer.Operands operands = codes.operands(a, b, scaleA.orElse(""), scaleB.orElse(""), c);
    Explanation explanation = Explainer.explain(found, operands);
    DotComparison comparison = DotComparison.of(found, operands);
    PrintWriter out = spec.commandLine().getOut();
    NumberFormat output = made.accumulatorFormat();
    if (style.json()) {
      out.println(json(found, explanation, comparison, output));
    } else if (style.csv()) {
      style.print(ExplanationListing.of(explanation, output), out);
    } else {
      style.print(ExplanationListing.brief(explanation, output), out);
      out.printf(
          "%nd = %s = %s; zeros that nothing is aligned to are not shown, --csv has all terms.%n",
          Codes.hex(output, explanation.result()),
          ExplanationListing.number(output.decode(explanation.result())));
      compare(out, output.decode(explanation.result()), comparison);
    }
    out.flush();
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

  private static ObjectNode json(
      UnitSpec unit, Explanation explanation, DotComparison comparison, NumberFormat output) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("unit", unit.name());
    root.put("result_hex", Codes.hex(output, explanation.result()));
    root.put("result", ExplanationListing.number(output.decode(explanation.result())));
    root.put("exact", ExplanationListing.number(comparison.exact()));
    comparison
        .binary32()
        .ifPresent(chain -> root.put("binary32_hex", Codes.hex(Formats.BINARY32, chain)));
    root.set("terms", ExplanationListing.of(explanation, output).jsonArray());
    return root;
  }
}
