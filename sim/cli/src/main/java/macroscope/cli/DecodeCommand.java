package macroscope.cli;

import java.util.List;
import macroscope.config.FormatFile;
import macroscope.format.NumberFormat;
import macroscope.report.Listing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code decode}: the exact values of codes. */
@Command(
    name = "decode",
    description = "Prints the values of codes, exactly.",
    footer = {"", "Example:", "  macroscope decode e4m3fn 0x7e 38 0b10000001"})
final class DecodeCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ListingStyle style;

  @Parameters(index = "0", paramLabel = "FORMAT", description = "A scalar format: see 'formats'.")
  private String format;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "CODE",
      description = "Codes in hex digits, or in binary with 0b.")
  private List<String> codes;

  @Override
  public void run() {
    NumberFormat found = FormatFile.catalogue().scalar(format);
    Listing listing =
        new Listing(
            List.of("code_hex", "fields", "value", "exact", "class"),
            codes.stream().map(code -> Codes.row(found, Codes.parse(code))).toList());
    style.print(listing, spec.commandLine().getOut());
  }
}
