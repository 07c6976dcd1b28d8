package macroscope.rtl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Synthesizes twins with Yosys: sums start from zero, and there is no valid bit. */
public final class Yosys {

  private static final ExternalTool YOSYS = new ExternalTool("yosys", "yosys");
  private static final String STATISTICS = "statistics.txt";

  private Yosys() {}

  /**
   * What a twin takes.
   *
   * @param folder where sources and scripts go
   * @return the target's columns, in their order
   * @throws macroscope.input.InputException if Yosys or the cell library is not installed
   * @throws IOException if Yosys fails
   */
  public static Map<String, Double> synthesize(Twin twin, SynthesisTarget target, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    // Sorted: Yosys orders an adder's inputs by which name it has met first, and adder.v says
    // which.
    Map<String, String> files = new TreeMap<>(RtlFolder.library(twin.design()));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    Files.writeString(folder.resolve("top.v"), TopModule.bareSource(twin));
    String liberty = target == SynthesisTarget.OSU018 ? OsuLibrary.write(folder) : "";
    String script =
        "read_verilog "
            + String.join(" ", files.keySet())
            + " top.v; hierarchy -check -top "
            + TopModule.NAME
            + "; "
            + target.script(liberty)
            + "; tee -o "
            + STATISTICS
            + " "
            + target.statistics(liberty);
    YOSYS.output(folder, List.of("-q", "-p", script));
    return target.row(new CellCounts(Files.readString(folder.resolve(STATISTICS))));
  }
}
