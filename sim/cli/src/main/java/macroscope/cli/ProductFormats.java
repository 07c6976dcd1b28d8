package macroscope.cli;

import java.nio.file.Path;
import macroscope.config.CpuFile;
import macroscope.config.GpuFile;
import macroscope.config.MachineKind;
import macroscope.machine.cpu.CpuCore;
import macroscope.machine.cpu.KernelLibrary;
import macroscope.machine.gpu.OperandType;

/**
 * Schemes that a machine multiplies, for a product whose formats are not said.
 *
 * @param a of activations
 * @param b of weights
 */
record ProductFormats(String a, String b) {

  private static final ProductFormats BYTES = new ProductFormats("int8:tensor", "int8:channel");
  private static final ProductFormats NIBBLES = new ProductFormats("int8:tensor", "int4:group128");
  private static final ProductFormats HALVES = new ProductFormats("fp16", "fp16");

  /** Bytes if the machine multiplies them, else what it does. */
  static ProductFormats of(MachineKind kind, Path file) {
    return switch (kind) {
      case CPU -> bytes(CpuFile.read(file).core()) ? BYTES : NIBBLES;
      case GPU -> GpuFile.read(file).gpu().macsPerCycle(OperandType.INT8) > 0 ? BYTES : HALVES;
      case CLUSTER -> HALVES;
      case SYSTOLIC, ROW_STATIONARY, TILE_MATRIX, LOOKUP_SLICES, FOLDED -> BYTES;
    };
  }

  private static boolean bytes(CpuCore core) {
    return KernelLibrary.of("int8", "int8", Byte.SIZE).stream()
        .anyMatch(kernel -> core.time(kernel.kernel(), 1, 1).isPresent());
  }
}
