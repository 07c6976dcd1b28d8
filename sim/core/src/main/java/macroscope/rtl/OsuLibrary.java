package macroscope.rtl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import macroscope.input.InputException;

/**
 * The standard cells of Oklahoma State University for TSMC 0.18 um as qflow ships them, with the areas
 * of two cells as in their layouts: the Liberty file says 23 of OAI21X1, whose LEF is 3.2 x 10 um, and
 * 36 of NAND3X1, whose LEF is 3.2 x 10 um.
 */
final class OsuLibrary {

  /** Area of NAND2X1: 2.4 x 10 um. */
  static final double NAND2_UM2 = 24;

  /** Area of DFFPOSX1: 9.6 x 10 um. */
  static final double FLIP_FLOP_UM2 = 96;

  static final String CONSTRAINTS = "constraints.txt";

  /** Name of the library in a folder. */
  static final String FILE = "osu018.lib";

  /** Name of a twin's netlist of cells. */
  static final String NETLIST = "netlist.v";

  /** The flip-flop as Yosys has it without a library. */
  static final String FLIP_FLOP_MODEL =
      """
      module DFFPOSX1 (input CLK, input D, output Q);
        \\$_DFF_P_ _TECHMAP_REPLACE_ (.C(CLK), .D(D), .Q(Q));
      endmodule
      """;

  private static final Path SHIPPED = Path.of("/usr/share/qflow/tech/osu018/osu018_stdcells.lib");

  private OsuLibrary() {}

  /**
   * Writes the library and the drive and load that cells are sized for (without them Yosys neither
   * buffers nor sizes) into a folder.
   */
  static void write(Path folder) throws IOException {
    if (!Files.exists(SHIPPED)) {
      throw new InputException(
          SHIPPED.toString(), "must be installed; on Debian: apt-get install qflow-tech-osu018");
    }
    String text = withArea(withArea(Files.readString(SHIPPED), "OAI21X1"), "NAND3X1");
    Files.writeString(folder.resolve(FILE), text);
    Files.writeString(folder.resolve(CONSTRAINTS), "set_driving_cell INVX1\nset_load 20\n");
  }

  private static String withArea(String text, String cell) {
    String patched =
        text.replaceFirst("(?<area>cell \\(" + cell + "\\)[^}]*?area : )[0-9.]+", "${area}32");
    if (patched.equals(text)) {
      throw new InputException(SHIPPED.toString(), "must have an area of " + cell);
    }
    return patched;
  }
}
