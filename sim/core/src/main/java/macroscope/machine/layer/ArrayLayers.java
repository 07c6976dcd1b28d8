package macroscope.machine.layer;

import java.util.Optional;
import macroscope.machine.Machine;
import macroscope.machine.SystolicCycles;
import macroscope.machine.UnitShape;
import macroscope.workload.ProductLayer;

/**
 * Layers on an array of units: the closed form of its dataflow, memories keep up; convolutions as
 * products of their windows.
 *
 * @param machine the array
 * @param unit its units
 */
public record ArrayLayers(Machine machine, UnitShape unit) implements LayerMachine {

  @Override
  public String name() {
    return machine.name();
  }

  @Override
  public Optional<LayerTime> time(ProductLayer layer, LayerFormats formats) {
    long cycles = new SystolicCycles(machine, unit).cycles(layer.gemm());
    double seconds = cycles * (double) layer.matrices() / (machine.clockMegahertz() * 1e6);
    double busy = layer.macs() / (cycles * (double) layer.matrices() * machine.units());
    String bound = busy / unit.macsPerCycle() > 0.5 ? "units" : "filling and draining";
    return Optional.of(new LayerTime(seconds, bound, ""));
  }
}
