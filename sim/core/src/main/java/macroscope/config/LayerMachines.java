package macroscope.config;

import java.nio.file.Path;
import java.util.List;
import macroscope.hardware.Pipeline;
import macroscope.input.InputException;
import macroscope.machine.UnitShape;
import macroscope.machine.layer.ArrayLayers;
import macroscope.machine.layer.CoreLayers;
import macroscope.machine.layer.LayerMachine;
import macroscope.machine.network.GpuLayers;

/** Machines of any kind that time a network layer by layer. */
public final class LayerMachines {

  /** A unit that multiplies and accumulates one product a cycle. */
  private static final UnitShape SIMPLE = new UnitShape(1, new Pipeline(List.of("mac"), 1));

  private LayerMachines() {}

  /**
   * The machine of a file.
   *
   * @throws macroscope.input.InputException if it is a device that networks are folded on, whose layers
   *     work side by side
   */
  public static LayerMachine read(Path file) {
    MachineKind kind = MachineKind.of(file);
    return switch (kind) {
      case SYSTOLIC -> array(file);
      case GPU -> new GpuLayers(GpuFile.read(file).gpu());
      case CPU -> cores(file);
      case ROW_STATIONARY -> RowStationaryFile.read(file).array();
      case TILE_MATRIX -> TileMatrixFile.read(file).core();
      case LOOKUP_SLICES -> LookupSlicesFile.read(file).machine();
      case CLUSTER -> ClusterFile.read(file).cluster();
      case FOLDED -> throw Place.of(file.toString()).refuse("must time layers one by one");
    };
  }

  /**
   * So many cores of the processor of a file.
   *
   * @throws macroscope.input.InputException if the machine is of another kind or has fewer of them
   */
  public static LayerMachine read(Path file, int cores) {
    if (cores == 1) {
      return read(file);
    }
    MachineKind kind = MachineKind.of(file);
    if (kind != MachineKind.CPU) {
      throw new InputException("--cores", "must be 1 on a machine of kind " + kind + ": " + cores);
    }
    try {
      return cores(file).threads(cores);
    } catch (IllegalArgumentException e) {
      throw new InputException("--cores", String.valueOf(e.getMessage()), e);
    }
  }

  private static CoreLayers cores(Path file) {
    CpuFile read = CpuFile.read(file);
    return new CoreLayers(read.core(), read.sharing());
  }

  private static ArrayLayers array(Path file) {
    return new ArrayLayers(MachineFile.read(file), SIMPLE, MachineFile.findMemory(file.toString()));
  }
}
