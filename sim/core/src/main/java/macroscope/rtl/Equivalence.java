package macroscope.rtl;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Proof, for all inputs and states, that a twin's netlist of standard cells computes what its Verilog
 * does: Yosys pairs their nets by name and proves each pair by satisfiability and induction.
 *
 * <p>Small units take seconds; the cells of a multiplier of 8 bits by 8 have too few names in common with
 * their source.
 */
public final class Equivalence {

  private static final String UNPROVEN = "unproven $equiv cells";

  private Equivalence() {}

  /**
   * Whether source and netlist in a folder of {@link Synthesis} for {@link SynthesisTarget#OSU018} are
   * proven equal.
   *
   * @throws IOException if Yosys fails for any other reason
   */
  public static boolean proven(Twin twin, Path folder) throws IOException {
    String sources = String.join(" ", RtlFolder.library(twin.design()).keySet());
    ExternalTool.Run run =
        Yosys.TOOL.run(
            folder,
            List.of(
                "-p",
                String.join(
                    "; ",
                    "read_verilog " + sources + " top.v",
                    "hierarchy -check -top top; proc; flatten; opt; memory_map; opt_clean",
                    "rename top gold; design -stash gold",
                    "read_liberty -ignore_miss_func " + OsuLibrary.FILE,
                    "read_verilog " + OsuLibrary.NETLIST,
                    "hierarchy -top top; flatten; opt_clean; rename top gate; design -stash gate",
                    "design -copy-from gold gold; design -copy-from gate gate",
                    "equiv_make gold gate equiv; hierarchy -top equiv; opt_clean -purge",
                    "equiv_simple -undef; equiv_induct -undef; equiv_status -assert")));
    if (run.exitCode() != 0 && !run.output().contains(UNPROVEN)) {
      throw new IOException("yosys failed: " + run.output().strip());
    }
    return run.exitCode() == 0;
  }
}
