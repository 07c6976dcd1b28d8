package macroscope.rtl;

import java.util.List;

/** What a twin is synthesized for. Columns are named as in files of synthesis results. */
public enum SynthesisTarget {
  /** Xilinx 7-series without DSP slices. LUTs of every size, {@code MUXF} cells left out. */
  XC7("lut6", "carry4", "ff", "xc7_est_lcs"),
  /** Xilinx 7-series with DSP slices. */
  XC7_DSP("lut6_with_dsp", "dsp"),
  /** Lattice iCE40, and the fastest clock in an HX8K. */
  ICE40("lut4_ice40", "ice40_carry", "fmax_ice40_mhz"),
  /** The OSU 0.18 um standard cells, two wrong cell areas of the library put right; the longest path. */
  OSU018("nand2_eq", "area_osu018_patched_um2", "cells", "delay_ps");

  private final List<String> columns;

  SynthesisTarget(String... columns) {
    this.columns = List.of(columns);
  }

  /** What is measured. */
  public List<String> columns() {
    return columns;
  }

  /** The programs that measure it. */
  List<ExternalTool> tools() {
    return switch (this) {
      case XC7, XC7_DSP -> List.of(Yosys.TOOL);
      case ICE40 -> List.of(Yosys.TOOL, PlaceAndRoute.TOOL);
      case OSU018 -> List.of(Yosys.TOOL, StaticTiming.TOOL);
    };
  }

  /** Yosys commands behind the reading of the sources. */
  String script() {
    return switch (this) {
      case XC7 -> staged("synth_xilinx -family xc7 -nodsp -noiopad -nowidelut", "map_memory");
      case XC7_DSP -> staged("synth_xilinx -family xc7 -noiopad -nowidelut", "map_memory");
      case ICE40 -> staged("synth_ice40 -noflatten", "map_ram");
      case OSU018 ->
          staged("synth", "fine")
              + "; dfflibmap -liberty "
              + OsuLibrary.FILE
              + "; abc -liberty "
              + OsuLibrary.FILE
              + " -constr "
              + OsuLibrary.CONSTRAINTS
              + "; opt_clean";
    };
  }

  private static String staged(String command, String label) {
    return Yosys.staged(command, TopModule.NAME, label);
  }

  /** How the netlist is kept, if it is timed. */
  String netlist() {
    return this == OSU018 ? "write_verilog -noattr -noexpr " + OsuLibrary.NETLIST : "";
  }

  /** How the result is printed. */
  String statistics() {
    return switch (this) {
      case XC7, XC7_DSP -> "stat -tech xilinx";
      case ICE40 -> "stat";
      case OSU018 -> "stat -liberty " + OsuLibrary.FILE;
    };
  }

  /** The columns but for times, NAND2 equivalents to a tenth, from the numbers of cells and what else the statistics have. */
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
}
