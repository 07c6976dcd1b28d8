package macroscope.rtl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The longest path of a twin in standard cells between its flip-flops, which are left out, by OpenSTA:
 * inputs come without delay and slew, wires take no time.
 */
final class StaticTiming {

  static final ExternalTool TOOL = new ExternalTool("sta", "opensta");

  private static final String FLIP_FLOPS = "flip_flops.v";
  private static final String CORE = "core.v";
  private static final String SCRIPT = "timing.tcl";

  /** Longer than any path, in nanoseconds. */
  private static final int PERIOD = 10_000;

  private static final Pattern DELAY =
      Pattern.compile("\\(output\\)\\s+" + PERIOD + "\\.0+\\s+([0-9.]+)\\s");

  private StaticTiming() {}

  /**
   * The delay of the netlist {@link OsuLibrary#NETLIST}.
   *
   * @param folder with the netlist and the cell library
   */
  static double picoseconds(Path folder) throws IOException {
    Files.writeString(folder.resolve(FLIP_FLOPS), OsuLibrary.FLIP_FLOP_MODEL);
    // Nets have one bit and no brackets in their names, which OpenSTA would take for those of
    // buses.
    Yosys.run(
        folder,
        "read_liberty -lib " + OsuLibrary.FILE,
        "read_verilog " + OsuLibrary.NETLIST,
        "techmap -map " + FLIP_FLOPS,
        "splitnets -ports -format _",
        "opt_clean -purge",
        "rename -hide",
        "rename -enumerate -pattern n%",
        "expose -sep _ -evert-dff",
        "opt_clean -purge",
        "write_verilog -noattr -noexpr -simple-lhs " + CORE);
    Files.writeString(folder.resolve(SCRIPT), script());
    String log = TOOL.output(folder, List.of("-no_splash", "-exit", SCRIPT));
    Matcher delay = DELAY.matcher(log);
    // It exits with 0 whatever happens.
    if (log.contains("Error:") || !delay.find()) {
      throw new IOException(TOOL.command() + " failed: " + log.strip());
    }
    return Math.rint(Double.parseDouble(delay.group(1)) * 1000);
  }

  private static String script() {
    return """
        read_liberty %s
        read_verilog %s
        link_design %s
        create_clock -name v -period %d
        set_input_delay 0 -clock v [all_inputs]
        set_output_delay 0 -clock v [all_outputs]
        report_checks -format end -digits 5
        """
        .formatted(OsuLibrary.FILE, CORE, TopModule.NAME, PERIOD);
  }
}
