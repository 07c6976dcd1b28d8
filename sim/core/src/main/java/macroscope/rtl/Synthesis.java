package macroscope.rtl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What twins take in hardware, by Yosys, nextpnr and OpenSTA: sums start from zero, and there is no
 * valid bit.
 */
public final class Synthesis {

  private static final String STATISTICS = "statistics.txt";

  private Synthesis() {}

  /**
   * Synthesizes a twin.
   *
   * @param folder where sources and scripts go
   * @return the target's columns, in their order
   * @throws macroscope.input.InputException if a tool or the cell library is not installed
   * @throws IOException if a tool fails
   */
  public static Map<String, Double> of(Twin twin, SynthesisTarget target, Path folder)
      throws IOException {
    target.tools().forEach(ExternalTool::requireInstalled);
    Files.createDirectories(folder);
    List<String> sources = write(twin, target, folder);
    List<Double> values = new ArrayList<>(target.measured(cells(sources, target, folder)));
    switch (target) {
      case ICE40 -> values.add(PlaceAndRoute.megahertz(sources, folder));
      case OSU018 -> values.add(StaticTiming.picoseconds(folder));
      default -> {}
    }
    Map<String, Double> row = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      row.put(target.columns().get(i), values.get(i));
    }
    return row;
  }

  /** Writes what is read, and names the sources of the twin in the order in which Yosys reads them. */
  private static List<String> write(Twin twin, SynthesisTarget target, Path folder)
      throws IOException {
    // Sorted: Yosys orders an adder's inputs by which name it has met first, and adder.v says
    // which.
    Map<String, String> files = new TreeMap<>(RtlFolder.library(twin.design()));
    List<String> sources = new ArrayList<>(files.keySet());
    files.put("top.v", TopModule.bareSource(twin));
    sources.add("top.v");
    if (target == SynthesisTarget.ICE40) {
      files.put(SerialPins.NAME + ".v", SerialPins.source(twin.design()));
    } else if (target == SynthesisTarget.OSU018) {
      OsuLibrary.write(folder);
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    return sources;
  }

  private static CellCounts cells(List<String> sources, SynthesisTarget target, Path folder)
      throws IOException {
    Yosys.run(
        folder,
        "read_verilog " + String.join(" ", sources),
        "hierarchy -check -top " + TopModule.NAME,
        target.script(),
        "tee -o " + STATISTICS + " " + target.statistics(),
        target.netlist());
    return new CellCounts(Files.readString(folder.resolve(STATISTICS)));
  }
}
