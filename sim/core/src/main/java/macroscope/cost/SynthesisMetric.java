package macroscope.cost;

import java.util.List;
import java.util.Optional;

/**
 * A column of synthesis results that prices are fitted on: the combinational parts of a unit. Flip-
 * flops are priced apart.
 *
 * @param column name of the column
 * @param technology the shipped technology whose prices were fitted on it
 * @param quantity what it measures
 * @param unit unit of the fitted prices
 * @param node technology node
 * @param volts supply voltage
 * @param tool what measured it
 * @param register price of one flip-flop
 * @param clock whether the column is the fastest clock in megahertz, and so the longest path with its
 *     flip-flops
 */
public record SynthesisMetric(
    String column,
    String technology,
    Quantity quantity,
    String unit,
    String node,
    double volts,
    String tool,
    Price register,
    boolean clock) {

  private static final String YOSYS =
      "Yosys 0.23 + ABC, hierarchy kept to the end of coarse synthesis";

  private static final String PICOSECONDS = "ps";

  private static final double PICOSECONDS_PER_MICROSECOND = 1e6;

  /**
   * All metrics. Columns of power are none of them: they are vectorless and about ten times too high
   * against published tables.
   */
  public static List<SynthesisMetric> all() {
    return List.of(lut6(), nand2(), osu018Delay(), nangate45Area(), nangate45Delay(), iceClock());
  }

  /** The metric of a column. */
  public static Optional<SynthesisMetric> of(String column) {
    return all().stream().filter(metric -> metric.column().equals(column)).findFirst();
  }

  /** What a value of the column says of the combinational parts. */
  public double combinational(double value) {
    return clock ? PICOSECONDS_PER_MICROSECOND / value - register.value() : value;
  }

  /** The value of the column for combinational parts: the other way round. */
  public double column(double combinational) {
    return clock ? PICOSECONDS_PER_MICROSECOND / (combinational + register.value()) : combinational;
  }

  private static SynthesisMetric lut6() {
    String node = "xc7, 28 nm";
    String source = "a flip-flop of a 7-series slice stands beside its LUT6 and takes none (UG474)";
    return new SynthesisMetric(
        "lut6",
        "fpga-lut6",
        Quantity.AREA,
        "LUT6",
        node,
        1.0,
        "Yosys 0.23 synth_xilinx -nodsp -nowidelut, LUT1 to LUT6 counted alike",
        new Price(0, "LUT6", node, 1.0, source, Provenance.MEMORY),
        false);
  }

  private static SynthesisMetric nand2() {
    String source = "osu018 DFF 96 um2 = 4.0 NAND2 (README of the synthesis results)";
    return new SynthesisMetric(
        "nand2_eq",
        "osu018",
        Quantity.AREA,
        "NAND2",
        "180 nm",
        1.8,
        YOSYS + ", osu018 with patched cells",
        new Price(4.0, "NAND2", "180 nm", 1.8, source, Provenance.LOOKED_UP),
        false);
  }

  private static SynthesisMetric nangate45Area() {
    String source = "Nangate 45 nm open cell library, DFF_X1 4.522 um2";
    return new SynthesisMetric(
        "area_nangate45_um2",
        "nangate45",
        Quantity.AREA,
        "um2",
        "45 nm",
        1.1,
        YOSYS + ", Nangate 45 nm open cell library",
        new Price(4.522, "um2", "45 nm", 1.1, source, Provenance.MEMORY),
        false);
  }

  private static SynthesisMetric osu018Delay() {
    String source =
        "osu018 DFFPOSX1 at a slew of 0.06 ns: setup 0.188 ns, clock to output 0.187 ns into 25 fF";
    return new SynthesisMetric(
        "delay_ps",
        "osu018",
        Quantity.DELAY,
        PICOSECONDS,
        "180 nm",
        1.8,
        YOSYS + ", osu018 with patched cells, OpenSTA 2.0.17",
        new Price(375, PICOSECONDS, "180 nm", 1.8, source, Provenance.LOOKED_UP),
        false);
  }

  private static SynthesisMetric nangate45Delay() {
    String source = "osu018 DFFPOSX1, 375 ps, by the ratio of the nodes, 45 / 180";
    return new SynthesisMetric(
        "delay_nangate45_ps",
        "nangate45",
        Quantity.DELAY,
        PICOSECONDS,
        "45 nm",
        1.1,
        YOSYS + ", Nangate 45 nm open cell library, OpenSTA 2.0.17",
        new Price(94, PICOSECONDS, "45 nm", 1.1, source, Provenance.FITTED),
        false);
  }

  private static SynthesisMetric iceClock() {
    String source =
        "iCE40 HX, as nextpnr 0.4 reports paths: clock to output 0.54 ns and a wire of 0.6 ns; setup"
            + " lies in the last lookup table";
    return new SynthesisMetric(
        "fmax_ice40_mhz",
        "ice40-hx",
        Quantity.DELAY,
        PICOSECONDS,
        "40 nm",
        1.2,
        "Yosys 0.23 synth_ice40, nextpnr-ice40 0.4 for an HX8K, one seed",
        new Price(1140, PICOSECONDS, "40 nm", 1.2, source, Provenance.LOOKED_UP),
        true);
  }
}
