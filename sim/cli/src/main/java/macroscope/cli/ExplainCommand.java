package macroscope.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Optional;
import macroscope.config.UnitNames;
import macroscope.format.NumberFormat;
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
      "kept and what is cut off of each, partial sums, and the rounding. For units of the families",
      "fused, block_scaled, scaled_group and interleaved (see units)."
    },
    footer = {
      "",
      "Codes are hex digits joined by commas or underscores: registers of an instruction, as vector",
      "files have them, else codes of the operand's format. Missing products are zeros.",
      "",
      "Examples:",
      "  macroscope explain nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3 --a 7e,38,01 --b 7e,b8,01",
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
    Explanation explanation =
        Explainer.explain(found, codes.operands(a, b, scaleA.orElse(""), scaleB.orElse(""), c));
    PrintWriter out = spec.commandLine().getOut();
    NumberFormat output = made.accumulatorFormat();
    if (style.json()) {
      out.println(json(found, explanation, output));
    } else if (style.csv()) {
      style.print(ExplanationListing.of(explanation, output), out);
    } else {
      style.print(ExplanationListing.brief(explanation, output), out);
      out.printf(
          "%nd = %s = %s; zeros that nothing is aligned to are not shown, --csv has all terms.%n",
          Codes.hex(output, explanation.result()),
          ExplanationListing.number(output.decode(explanation.result())));
    }
    out.flush();
  }

  private static ObjectNode json(UnitSpec unit, Explanation explanation, NumberFormat output) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("unit", unit.name());
    root.put("result_hex", Codes.hex(output, explanation.result()));
    root.set("terms", ExplanationListing.of(explanation, output).jsonArray());
    return root;
  }
}
