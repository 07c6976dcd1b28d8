package macroscope.config;

import java.nio.file.Path;
import java.util.List;
import macroscope.machine.cpu.CpuCore;
import macroscope.machine.gpu.Gpu;

/** The machines of {@code configs/machines}, by kind. */
public final class MachineCatalogue {

  private MachineCatalogue() {}

  /** Names of the machines of a kind, sorted. */
  public static List<String> names(MachineKind kind) {
    return MachineFile.shipped().names().stream()
        .filter(name -> MachineKind.of(path(name)) == kind)
        .toList();
  }

  /** The file of a shipped name or of a path. */
  public static Path path(String nameOrPath) {
    return MachineFile.shipped().resolve(nameOrPath);
  }

  /** All graphics processors. */
  public static List<Gpu> gpus() {
    return names(MachineKind.GPU).stream().map(name -> GpuFile.read(path(name)).gpu()).toList();
  }

  /** All processor cores. */
  public static List<CpuCore> cores() {
    return names(MachineKind.CPU).stream().map(name -> CpuFile.read(path(name)).core()).toList();
  }
}
