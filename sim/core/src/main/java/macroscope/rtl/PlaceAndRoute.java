package macroscope.rtl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fastest clock of a twin in an iCE40 HX8K, placed and routed by nextpnr with one seed. */
final class PlaceAndRoute {

  static final ExternalTool TOOL = new ExternalTool("nextpnr-ice40", "nextpnr-ice40");

  private static final String NETLIST = "pins.json";
  private static final String REPORT = "report.json";
  private static final Pattern CLOCK =
      Pattern.compile("\"fmax\": \\{\"[^\"]+\": \\{\"achieved\": ([0-9.]+)");

  private PlaceAndRoute() {}

  /**
   * Synthesizes the twin between shift registers, places and routes it.
   *
   * @param sources those of the twin, which lie in the folder beside those of {@link SerialPins}
   * @return megahertz, to a hundredth
   */
  static double megahertz(List<String> sources, Path folder) throws IOException {
    Yosys.run(
        folder,
        "read_verilog " + String.join(" ", sources) + " " + SerialPins.NAME + ".v",
        Yosys.staged("synth_ice40 -noflatten", SerialPins.NAME, "map_ram"),
        "write_json " + NETLIST);
    TOOL.output(
        folder,
        List.of(
            "--hx8k",
            "--package",
            "ct256",
            "--json",
            NETLIST,
            "--seed",
            "1",
            "--pcf-allow-unconstrained",
            "--timing-allow-fail",
            "--report",
            REPORT,
            "-q"));
    Matcher clock = CLOCK.matcher(Files.readString(folder.resolve(REPORT)));
    if (!clock.find()) {
      throw new IOException(TOOL.command() + " reported no clock");
    }
    return Math.rint(Double.parseDouble(clock.group(1)) * 100) / 100;
  }
}
