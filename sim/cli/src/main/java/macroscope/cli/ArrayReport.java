package macroscope.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import macroscope.cost.Price;
import macroscope.hardware.Component;
import macroscope.machine.EnergyReport;
import macroscope.machine.Machine;
import macroscope.machine.Performance;
import macroscope.machine.stepped.ArrayEstimate;
import macroscope.machine.stepped.Cause;
import macroscope.machine.stepped.MemorySystem;
import macroscope.machine.stepped.TraceEvent;
import macroscope.report.ChromeTrace;
import macroscope.report.ProductReport;
import macroscope.workload.Gemm;

/**
 * Puts what a product takes on an array in the words of all machines.
 *
 * @param estimate what it takes
 * @param memory of the array
 * @param mapping how the product is cut
 */
record ArrayReport(
    ArrayEstimate estimate, Optional<MemorySystem> memory, List<ProductReport.Named> mapping) {

  ProductReport report(Gemm gemm, Optional<EnergyReport> energy) {
    Machine machine = estimate.performance().machine();
    double hertz = machine.clockMegahertz() * 1e6;
    String description =
        String.format(
            Locale.ROOT,
            "%d x %d units, %s, %s MHz",
            machine.rows(),
            machine.columns(),
            machine.dataflow().name().toLowerCase(Locale.ROOT).replace('_', '-'),
            ProductText.number(machine.clockMegahertz()));
    return new ProductReport(
        machine.name(),
        description,
        gemm,
        hertz,
        estimate.performance().cycles(),
        Optional.of(machine.units() * estimate.performance().unit().macsPerCycle() * hertz),
        estimate.bound().toString(),
        mapping,
        parts(machine),
        levels(energy),
        memory.map(m -> m.busBitsPerCycle() * hertz / Byte.SIZE),
        trace(1e6 / hertz));
  }

  private List<ProductReport.Part> parts(Machine machine) {
    List<ProductReport.Part> parts = new ArrayList<>();
    for (Map.Entry<Cause, Long> one : estimate.causes().cycles().entrySet()) {
      boolean computes = one.getKey() == Cause.COMPUTE;
      long units = computes ? estimate.busyUnitCycles() : one.getValue() * machine.units();
      parts.add(
          new ProductReport.Part(one.getKey().toString(), one.getValue(), Optional.of(units)));
      if (computes) {
        parts.add(new ProductReport.Part("idle edges", 0, Optional.of(estimate.edgeUnitCycles())));
      }
    }
    return parts;
  }

  private List<ProductReport.Level> levels(Optional<EnergyReport> energy) {
    Performance.Step step = estimate.step();
    Map<String, Double> bits = new LinkedHashMap<>();
    bits.put("activation SRAM", step.sramBitsA());
    bits.put("weight SRAM", step.sramBitsB());
    bits.put("output SRAM", step.sramBitsOutput());
    bits.put(ProductReport.EXTERNAL, step.dramBits());
    List<ProductReport.Level> levels = new ArrayList<>();
    energy.ifPresent(
        report ->
            levels.add(
                new ProductReport.Level(
                    "arithmetic", 0, Optional.of(report.unitPicojoules() - registers(report)))));
    levels.add(
        new ProductReport.Level(
            "registers", estimate.registerBytes(), energy.map(ArrayReport::registers)));
    bits.forEach(
        (name, moved) ->
            levels.add(
                new ProductReport.Level(
                    name,
                    moved / Byte.SIZE,
                    energy.map(report -> moved * price(report, name).value()))));
    return levels;
  }

  private static Price price(EnergyReport report, String memory) {
    Price found = report.memoryPrices().get(memory);
    if (found == null) {
      throw new IllegalStateException("no price of " + memory);
    }
    return found;
  }

  /** What the registers of all units take, whatever they are for. */
  private static double registers(EnergyReport report) {
    return report.passes()
        * report.pass().lines().stream()
            .filter(line -> line.part().component() instanceof Component.Register)
            .mapToDouble(line -> line.cost())
            .sum();
  }

  private List<ChromeTrace.Event> trace(double microsecondsPerCycle) {
    List<ChromeTrace.Event> events = new ArrayList<>();
    for (TraceEvent event : estimate.trace()) {
      events.add(
          new ChromeTrace.Event(
              event.resource(),
              event.name(),
              event.start() * microsecondsPerCycle,
              event.duration() * microsecondsPerCycle,
              Map.of("cycle", String.valueOf(event.start()))));
    }
    return events;
  }
}
