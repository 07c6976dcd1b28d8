package macroscope.rtl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a twin is synthesized for. Columns are named as in files of synthesis results. */
public enum SynthesisTarget {
  /** Xilinx 7-series without DSP slices. LUTs of every size, {@code MUXF} cells left out. */
  XC7("lut6", "carry4", "ff", "xc7_est_lcs"),
  /** Xilinx 7-series with DSP slices. */
  XC7_DSP("lut6_with_dsp", "dsp"),
  /** Lattice iCE40. */
  ICE40("lut4_ice40", "ice40_carry"),
  /** The OSU 0.18 um standard cells, two wrong cell areas of the library put right. */
  OSU018("nand2_eq", "area_osu018_patched_um2", "cells");

  private final List<String> columns;

  SynthesisTarget(String... columns) {
    this.columns = List.of(columns);
  }

  /** What is measured. */
  public List<String> columns() {
    return columns;
  }

  /**
   * Yosys commands behind the reading of the sources. Modules are flattened only after the coarse
   * steps, where adders and multipliers of one module would be merged into one.
   *
   * @param liberty the cell library
   */
  String script(String liberty) {
    return switch (this) {
      case XC7 -> staged("synth_xilinx -family xc7 -nodsp -noiopad -nowidelut", "map_memory");
      case XC7_DSP -> staged("synth_xilinx -family xc7 -noiopad -nowidelut", "map_memory");
      case ICE40 -> staged("synth_ice40 -noflatten", "map_ram");
      case OSU018 ->
          staged("synth", "fine")
              + "; dfflibmap -liberty "
              + liberty
              + "; abc -liberty "
              + liberty
              + " -constr "
              + OsuLibrary.CONSTRAINTS
              + "; opt_clean";
    };
  }

  private static String staged(String command, String label) {
    String top = command + " -top " + TopModule.NAME;
    return top + " -run begin:" + label + "; flatten; opt_clean; " + top + " -run " + label + ":";
  }

  /** How the result is printed. */
  String statistics(String liberty) {
    return switch (this) {
      case XC7, XC7_DSP -> "stat -tech xilinx";
      case ICE40 -> "stat";
      case OSU018 -> "stat -liberty " + liberty;
    };
  }

  /** The columns, NAND2 equivalents to a tenth, from the numbers of cells and what else the statistics have. */
  List<Double> measured(CellCounts cells) {
    return switch (this) {
      case XC7 ->
          List.of(
              cells.matching("LUT[1-6]"),
              cells.matching("CARRY4"),
              cells.matching("FD[A-Z]+"),
              cells.figure("Estimated number of LCs"));
      case XC7_DSP -> List.of(cells.matching("LUT[1-6]"), cells.matching("DSP48E1"));
      case ICE40 -> List.of(cells.matching("SB_LUT4"), cells.matching("SB_CARRY"));
      case OSU018 -> {
        double flipFlops = cells.matching("DFF[A-Z]+X1");
        double total = cells.figure("Chip area for [a-z ]*'?.top'?");
        double area = total - flipFlops * OsuLibrary.FLIP_FLOP_UM2;
        double gates = Math.rint(area / OsuLibrary.NAND2_UM2 * 10) / 10;
        yield List.of(gates, area, cells.figure("Number of cells") - flipFlops);
      }
    };
  }

  /** Columns and values side by side. */
  Map<String, Double> row(CellCounts cells) {
    List<Double> values = measured(cells);
    Map<String, Double> row = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      row.put(columns.get(i), values.get(i));
    }
    return row;
  }
}
