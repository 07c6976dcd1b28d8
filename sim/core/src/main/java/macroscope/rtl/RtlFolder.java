package macroscope.rtl;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import macroscope.input.OutputFolder;

/** A folder with everything that a simulation of one twin needs. */
public final class RtlFolder {

  private static final String SOURCES = "sources.f";

  private RtlFolder() {}

  /**
   * Writes {@code top.v}, {@code testbench.v}, the modules that top is built from, their list {@code
   * sources.f} and the vectors. Files of the same names are replaced.
   *
   * @param folder made if it is not there
   * @throws macroscope.input.InputException if it cannot be written; nothing is written then
   */
  public static void write(Twin twin, Stimulus stimulus, Path folder) {
    new OutputFolder(folder).with(files(twin, stimulus)).write();
  }

  private static Map<String, String> files(Twin twin, Stimulus stimulus) {
    Map<String, String> files = sources(twin);
    files.put(Testbench.NAME + ".v", Testbench.source(twin, stimulus));
    files.put(SOURCES, String.join("\n", files.keySet()) + "\n");
    files.put(Testbench.STIMULUS, Testbench.stimulus(twin.design(), stimulus));
    files.put(Testbench.EXPECTED, Testbench.expected(twin.design(), stimulus));
    return files;
  }

  /** The module {@code top} and the modules that it is built from, by the names of their files. */
  static Map<String, String> sources(Twin twin) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(TopModule.NAME + ".v", TopModule.source(twin));
    files.putAll(library(twin.design()));
    for (String module : TopModule.MODULES) {
      files.put(module + ".v", VerilogLibrary.source(module));
    }
    return files;
  }

  /** The files of a design's modules by name. */
  static Map<String, String> library(Design design) {
    List<String> modules = new ArrayList<>(design.modules());
    modules.add(0, design.module());
    Map<String, String> files = new LinkedHashMap<>();
    modules.forEach(module -> files.put(module + ".v", VerilogLibrary.source(module)));
    return files;
  }
}
