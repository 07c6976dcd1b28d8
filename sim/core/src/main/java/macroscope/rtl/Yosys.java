package macroscope.rtl;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The synthesis tool Yosys. */
final class Yosys {

  static final ExternalTool TOOL = new ExternalTool("yosys", "yosys");

  private Yosys() {}

  /**
   * Runs commands in a folder, one after another.
   *
   * @throws IOException if one fails
   */
  static void run(Path folder, String... commands) throws IOException {
    TOOL.output(folder, List.of("-q", "-p", String.join("; ", commands)));
  }

  /**
   * A synthesis script of Yosys whose modules are flattened only after its coarse steps, where adders
   * and multipliers of one module would be merged into one.
   *
   * @param command with all options but for the range
   * @param label of the first step behind the coarse ones
   */
  static String staged(String command, String top, String label) {
    String all = command + " -top " + top;
    return all + " -run begin:" + label + "; flatten; opt_clean; " + all + " -run " + label + ":";
  }
}
