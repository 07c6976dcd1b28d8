package macroscope.rtl;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * A module {@code top} as gates and flip-flops with the names of its registers, in a file that ABC reads:
 * what proofs of equality compare.
 *
 * @param folder where the file lies
 * @param file its name
 */
record LogicNetwork(Path folder, String file) {

  static final ExternalTool ABC = new ExternalTool("yosys-abc", "yosys");

  private static final String GATES =
      "memory_map; opt_clean; techmap; simplemap; dffunmap; opt_clean -purge; write_blif ";

  /**
   * That of Verilog sources in a folder. Multipliers become the arrays that synthesis makes of them.
   *
   * @throws IOException if Yosys refuses them
   */
  static LogicNetwork ofSources(Path folder, Collection<String> sources, String file)
      throws IOException {
    Yosys.run(
        folder,
        "read_verilog " + String.join(" ", sources),
        "hierarchy -check -top " + TopModule.NAME,
        "proc; alumacc; flatten",
        GATES + file);
    return new LogicNetwork(folder, file);
  }

  /** That of a netlist of {@link Synthesis} for {@link SynthesisTarget#OSU018}. */
  static LogicNetwork ofNetlist(Path folder, String file) throws IOException {
    // Cells and nets that synthesis has named hide the names of registers otherwise.
    Yosys.run(
        folder,
        "read_liberty -ignore_miss_func " + OsuLibrary.FILE,
        "read_verilog " + OsuLibrary.NETLIST,
        "hierarchy -top " + TopModule.NAME,
        "cd " + TopModule.NAME + "; rename -hide t:*; rename -hide w:_*_; cd",
        "flatten",
        GATES + file);
    return new LogicNetwork(folder, file);
  }

  /**
   * Whether ABC proves that two networks give the same outputs and next states for all inputs and
   * states.
   */
  boolean provenEqual(LogicNetwork other) throws IOException {
    Path theirs = other.folder.resolve(other.file).toAbsolutePath();
    ExternalTool.Run run = ABC.run(folder, List.of("-c", "cec " + file + " " + theirs));
    return run.exitCode() == 0 && run.output().contains("Networks are equivalent");
  }
}
