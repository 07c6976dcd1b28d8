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
 * @param scale what a value of the column is multiplied by to be in that unit
 * @param node technology node
 * @param volts supply voltage
 * @param tool what measured it
 * @param register price of one flip-flop
 */
public record SynthesisMetric(
    String column,
    String technology,
    Quantity quantity,
    String unit,
    double scale,
    String node,
    double volts,
    String tool,
    Price register) {

  private static final String YOSYS =
      "Yosys 0.23 + ABC, hierarchy kept to the end of coarse synthesis";

  /** Power columns hold microwatts at 100 MHz: a hundredth of them is picojoules a cycle. */
  private static final double PICOJOULES_PER_MICROWATT = 0.01;

  /** All metrics. */
  public static List<SynthesisMetric> all() {
    return List.of(lut6(), nand2(), nangate45Area(), nangate45Energy());
  }

  /** The metric of a column. */
  public static Optional<SynthesisMetric> of(String column) {
    return all().stream().filter(metric -> metric.column().equals(column)).findFirst();
  }

  private static SynthesisMetric lut6() {
    String node = "xc7, 28 nm";
    String source = "a flip-flop of a 7-series slice stands beside its LUT6 and takes none (UG474)";
    return new SynthesisMetric(
        "lut6",
        "fpga-lut6",
        Quantity.AREA,
        "LUT6",
        1,
        node,
        1.0,
        "Yosys 0.23 synth_xilinx -nodsp -nowidelut, LUT1 to LUT6 counted alike",
        new Price(0, "LUT6", node, 1.0, source, Provenance.MEMORY));
  }

  private static SynthesisMetric nand2() {
    String source = "osu018 DFF 96 um2 = 4.0 NAND2 (README of the synthesis results)";
    return new SynthesisMetric(
        "nand2_eq",
        "osu018",
        Quantity.AREA,
        "NAND2",
        1,
        "180 nm",
        1.8,
        YOSYS + ", osu018 with patched cells",
        new Price(4.0, "NAND2", "180 nm", 1.8, source, Provenance.LOOKED_UP));
  }

  private static SynthesisMetric nangate45Area() {
    String source = "Nangate 45 nm open cell library, DFF_X1 4.522 um2";
    return new SynthesisMetric(
        "area_nangate45_um2",
        "nangate45",
        Quantity.AREA,
        "um2",
        1,
        "45 nm",
        1.1,
        YOSYS + ", Nangate 45 nm open cell library",
        new Price(4.522, "um2", "45 nm", 1.1, source, Provenance.MEMORY));
  }

  private static SynthesisMetric nangate45Energy() {
    String source =
        "Accelergy plug-in for Aladdin, register table, 40/45 nm (another cell library)";
    return new SynthesisMetric(
        "power_nangate45_uW_100MHz",
        "nangate45",
        Quantity.ENERGY,
        "pJ",
        PICOJOULES_PER_MICROWATT,
        "45 nm",
        1.1,
        YOSYS + ", Nangate 45 nm open cell library, OpenSTA at 100 MHz, input activity 0.5",
        new Price(0.009, "pJ", "45 nm", 1.1, source, Provenance.LOOKED_UP));
  }
}
