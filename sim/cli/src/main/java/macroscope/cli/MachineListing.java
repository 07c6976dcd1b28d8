package macroscope.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import macroscope.config.ClusterFile;
import macroscope.config.CpuFile;
import macroscope.config.DeviceFile;
import macroscope.config.FoldedFile;
import macroscope.config.GpuFile;
import macroscope.config.LookupSlicesFile;
import macroscope.config.MachineFile;
import macroscope.config.MachineKind;
import macroscope.config.MachineNumber;
import macroscope.config.RowStationaryFile;
import macroscope.config.TileMatrixFile;
import macroscope.machine.Machine;

/**
 * A machine of any kind, for listings.
 *
 * @param name its name
 * @param kind its kind
 * @param description what it is
 * @param numbers its numbers with their sources
 */
record MachineListing(
    String name, MachineKind kind, String description, List<MachineNumber> numbers) {

  static MachineListing read(Path file) {
    MachineKind kind = MachineKind.of(file);
    return switch (kind) {
      case SYSTOLIC -> of(MachineFile.describe(file));
      case GPU -> of(GpuFile.read(file));
      case CPU -> of(CpuFile.read(file));
      case ROW_STATIONARY -> of(RowStationaryFile.read(file));
      case TILE_MATRIX -> of(TileMatrixFile.read(file));
      case LOOKUP_SLICES -> of(LookupSlicesFile.read(file));
      case CLUSTER -> of(ClusterFile.read(file));
      case FOLDED -> of(FoldedFile.read(file));
    };
  }

  private static MachineListing of(MachineFile file) {
    Machine machine = file.machine();
    String dataflow = machine.dataflow().name().toLowerCase(Locale.ROOT).replace('_', '-');
    String what =
        String.format(
            Locale.ROOT,
            "%d x %d units, %s, %.0f MHz",
            machine.rows(),
            machine.columns(),
            dataflow,
            machine.clockMegahertz());
    return new MachineListing(machine.name(), MachineKind.SYSTOLIC, what, file.numbers());
  }

  private static MachineListing of(GpuFile file) {
    file.gpu();
    return new MachineListing(file.name(), file.kind(), file.description(), file.numbers());
  }

  private static MachineListing of(CpuFile file) {
    file.core();
    return new MachineListing(file.name(), file.kind(), file.description(), file.numbers());
  }

  private static MachineListing of(RowStationaryFile file) {
    file.array();
    return new MachineListing(file.name(), file.kind(), file.description(), file.numbers());
  }

  private static MachineListing of(TileMatrixFile file) {
    file.core();
    return new MachineListing(file.name(), file.kind(), file.description(), file.numbers());
  }

  private static MachineListing of(LookupSlicesFile file) {
    file.machine();
    return new MachineListing(file.name(), file.kind(), file.description(), file.numbers());
  }

  private static MachineListing of(ClusterFile file) {
    file.cluster();
    return new MachineListing(file.name(), file.kind(), file.description(), file.numbers());
  }

  /** Its numbers and those of its device. */
  private static MachineListing of(FoldedFile file) {
    List<MachineNumber> numbers = new ArrayList<>(file.numbers());
    numbers.addAll(DeviceFile.find(file.device().value()).numbers());
    return new MachineListing(file.name(), file.kind(), file.description(), numbers);
  }
}
