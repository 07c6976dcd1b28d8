package macroscope.cli;

import java.util.ArrayList;
import java.util.List;
import macroscope.config.FormatFile;
import macroscope.format.Conversion;
import macroscope.format.DecimalValue;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.Rounding;
import macroscope.format.Value;
import macroscope.report.Listing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code encode}: the codes of numbers, rounded once. */
@Command(
    name = "encode",
    description = {
      "Prints the codes of numbers, rounded once.",
      "A decimal is not first rounded to a double."
    },
    footer = {
      "",
      "Examples:",
      "  macroscope encode e4m3fn 0.1 -448 1e9 nan",
      "  macroscope encode binary16 0.1 --rounding toward-positive",
      "  macroscope encode e2m1fn 2.4 --rounding stochastic:4:13"
    })
final class EncodeCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ListingStyle style;

  @Parameters(index = "0", paramLabel = "FORMAT", description = "A scalar format: see 'formats'.")
  private String format;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "VALUE",
      description = "Decimals, hexadecimals such as 0x1.8p3, inf, nan.")
  private List<String> values;

  @Option(
      names = "--rounding",
      paramLabel = "R",
      defaultValue = "ties-to-even",
      converter = RoundingConverter.class,
      description = {"One of " + RoundingConverter.NAMES, "(default: ${DEFAULT-VALUE})."})
  private Rounding rounding;

  @Option(
      names = "--overflow",
      paramLabel = "P",
      defaultValue = "saturate",
      converter = OverflowConverter.class,
      description = {
        "saturate: all clamps, infinities too; saturate-finite: infinities stay;",
        "native: the format's own infinity or NaN (default: ${DEFAULT-VALUE})."
      })
  private Overflow overflow;

  @Option(
      names = "--via-f32",
      description = "Round to binary32 first, and so twice: what numpy does with ml_dtypes.")
  private boolean viaBinary32;

  @Option(names = "--daz", description = "Inputs below 2^-126 are zeros.")
  private boolean zeroInputs;

  @Option(names = "--ftz", description = "Results that are subnormal in the format become zeros.")
  private boolean zeroResults;

  @Override
  public void run() {
    NumberFormat found = FormatFile.catalogue().scalar(format);
    Listing listing =
        new Listing(
            List.of("input", "code_hex", "fields", "value", "exact", "class"),
            values.stream().map(text -> row(found, text)).toList());
    style.print(listing, spec.commandLine().getOut());
  }

  private List<Object> row(NumberFormat found, String text) {
    Value value = DecimalValue.parse(text);
    List<Object> row = new ArrayList<>(List.of(text));
    row.addAll(Codes.row(found, conversion().encode(found, value)));
    return row;
  }

  private Conversion conversion() {
    return new Conversion(rounding, overflow, viaBinary32, zeroInputs, zeroResults);
  }
}
