package macroscope.verify;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import macroscope.machine.TimedMachine;
import macroscope.machine.cpu.CpuCore;
import macroscope.machine.gpu.Gpu;

/**
 * The machines whose measured times can be held against a model.
 *
 * @param gpus graphics processors by name
 * @param cores processor cores by name
 */
public record TimedMachines(Map<String, Gpu> gpus, Map<String, CpuCore> cores) {

  public TimedMachines {
    gpus = Map.copyOf(gpus);
    cores = Map.copyOf(cores);
  }

  /** These machines, under their names. */
  public static TimedMachines of(List<Gpu> gpus, List<CpuCore> cores) {
    return new TimedMachines(byName(gpus), byName(cores));
  }

  private static <M extends TimedMachine<M>> Map<String, M> byName(List<M> machines) {
    return machines.stream().collect(Collectors.toMap(TimedMachine::name, Function.identity()));
  }

  /** No machine at all. */
  public static TimedMachines none() {
    return of(List.of(), List.of());
  }
}
