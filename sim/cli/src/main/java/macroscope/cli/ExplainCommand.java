package macroscope.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import macroscope.config.UnitNames;
import macroscope.format.NumberFormat;
import macroscope.input.InputException;
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
      "of binary32 multiply-adds. Of units that align nothing, each rounding is a step; what operands",
      "become before that, dequantized, selected or looked up, stands first."
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
      "      --c 4b800000 --csv",
      "  macroscope explain nvidia.ampere.mma.m16n8k16.f32.f16.f16.f32+dequantize:weights=int4 \\",
      "      --a 3c00,4000 --b f,3 --scale-b 0.1",
      "  macroscope explain --row sim/core/src/test/resources/vectors/dot.csv.gz:2"
    })
final class ExplainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ListingStyle style;

  @Parameters(arity = "0..1", paramLabel = "UNIT", description = "A unit, as for units.")
  private Optional<String> unit = Optional.empty();

  @Option(names = "--a", paramLabel = "CODES", description = "Left operand.")
  private Optional<String> a = Optional.empty();

  @Option(names = "--b", paramLabel = "CODES", description = "Right operand.")
  private Optional<String> b = Optional.empty();

  @Option(
      names = "--row",
      paramLabel = "FILE:LINE",
      description = {
        "A row of a vector file instead, as verify reads it, the header being line 1: explains",
        "its sum and, where the model differs, what other parameters give the expected word."
      })
  private Optional<String> row = Optional.empty();

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
  public Integer call() {
    if (row.isPresent()) {
      if (unit.isPresent() || a.isPresent() || b.isPresent()) {
        throw new InputException("--row", "stands alone: a row names its unit and operands");
      }
      return new ExplainedRow(style, spec.commandLine().getOut()).explain(row.get());
    }
    explain(given("UNIT", unit), given("--a", a), given("--b", b));
    return 0;
  }

  private static String given(String place, Optional<String> value) {
    return value.orElseThrow(
        () -> new InputException(place, "is missing: UNIT, --a and --b, or --row FILE:LINE"));
  }

  private void explain(String name, String left, String right) {
    UnitSpec found = UnitNames.find(name);
    DotProductUnit<?> made = Units.create(found);
    OperandCodes codes = OperandCodes.of(found, made.accumulatorFormat());
    Explainer.Operands operands =
        codes.operands(left, right, scaleA.orElse(""), scaleB.orElse(""), c);
    Explanation explanation = Explainer.explain(found, operands);
    NumberFormat output = made.accumulatorFormat();
    Optional<DotComparison> comparison = DotComparison.of(found, operands);
    PrintWriter out = spec.commandLine().getOut();
    if (style.json()) {
      out.println(ExplanationText.json(found, explanation, comparison, output));
    } else if (style.csv()) {
      style.print(ExplanationListing.of(explanation), out);
    } else {
      style.print(ExplanationListing.brief(explanation), out);
      ExplanationText.print(out, explanation, comparison, output);
    }
    out.flush();
  }
}
