package macroscope.rtl;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Proof, for all inputs and states, that a twin's netlist of standard cells computes what its Verilog
 * does: both as gates between registers of equal names, compared by ABC (Mishchenko et al., ICCAD 2006).
 *
 * <p>Small units take a second, a multiplier of 8 bits by 8 most of a minute.
 */
public final class Equivalence {

  private Equivalence() {}

  /**
   * Whether source and netlist in a folder of {@link Synthesis} for {@link SynthesisTarget#OSU018} are
   * proven equal.
   *
   * @throws IOException if Yosys fails
   */
  public static boolean proven(Twin twin, Path folder) throws IOException {
    List<String> sources = new ArrayList<>(RtlFolder.library(twin.design()).keySet());
    sources.add(TopModule.NAME + ".v");
    LogicNetwork source = LogicNetwork.ofSources(folder, sources, "source.blif");
    return source.provenEqual(LogicNetwork.ofNetlist(folder, "netlist.blif"));
  }
}
