package macroscope.machine;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import macroscope.cost.CostModel;
import macroscope.cost.CostReport;
import macroscope.cost.Price;
import macroscope.hardware.Role;

/**
 * Energy of products on a machine, in picojoules: what units spend in their passes, and what every
 * bit costs that an SRAM or external memory reads or writes. Units that have no pass are taken to be
 * clock-gated; leakage and wires between units are not priced.
 *
 * @param pass what one pass of a unit costs, line by line
 * @param passes passes of all units
 * @param sramPicojoules energy of the three SRAMs
 * @param dramPicojoules energy of external memory
 * @param macs multiply-accumulates done
 * @param memoryPrices prices of a bit in each memory, by its name, from the array outwards
 */
public record EnergyReport(
    CostReport pass,
    long passes,
    double sramPicojoules,
    double dramPicojoules,
    long macs,
    Map<String, Price> memoryPrices) {

  /**
   * The energy of a performance in a technology.
   *
   * @param pass {@link CostModel#energyPerPass} of the unit
   * @throws macroscope.cost.MissingPriceException if SRAM or DRAM have no price there
   */
  public static EnergyReport of(Performance performance, CostReport pass, CostModel model) {
    Machine.Sram sram = performance.machine().sram();
    Price a = model.sramPerBit(sram.a());
    Price b = model.sramPerBit(sram.b());
    Price output = model.sramPerBit(sram.output());
    Price dram = model.dramPerBit();
    double onChip = 0;
    double external = 0;
    for (Performance.Step step : performance.steps()) {
      onChip += step.sramBitsA() * a.value();
      onChip += step.sramBitsB() * b.value();
      onChip += step.sramBitsOutput() * output.value();
      external += step.dramBits() * dram.value();
    }
    Map<String, Price> prices = new LinkedHashMap<>();
    prices.put("activation SRAM", a);
    prices.put("weight SRAM", b);
    prices.put("output SRAM", output);
    prices.put("DRAM", dram);
    return new EnergyReport(
        pass,
        performance.passes(),
        onChip,
        external,
        performance.macs(),
        Collections.unmodifiableMap(prices));
  }

  /** Energy of the units. */
  public double unitPicojoules() {
    return passes * pass.total();
  }

  /** Energy of the units by purpose. */
  public Map<Role, Double> unitPicojoulesByRole() {
    Map<Role, Double> result = new EnumMap<>(Role.class);
    pass.byRole().forEach((role, picojoules) -> result.put(role, passes * picojoules));
    return Collections.unmodifiableMap(result);
  }

  /** Units, SRAM and DRAM together. */
  public double totalPicojoules() {
    return unitPicojoules() + sramPicojoules + dramPicojoules;
  }

  /** All energy, for each multiply-accumulate. */
  public double picojoulesPerMac() {
    return totalPicojoules() / macs;
  }
}
