package macroscope.machine.layer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import macroscope.machine.Dataflow;
import macroscope.machine.Machine;
import macroscope.machine.StorageBits;
import macroscope.machine.SystolicCycles;
import macroscope.machine.UnitShape;
import macroscope.machine.stepped.ArrayEstimate;
import macroscope.machine.stepped.MemorySystem;
import macroscope.machine.stepped.Tiling;
import macroscope.workload.Gemm;
import macroscope.workload.ProductLayer;

/**
 * Layers on an array of units; convolutions as products of their windows. Without memory the closed form
 * of its dataflow, memories keep up; with it the schedule of tiles of the whole array, past which as much
 * streams as the SRAMs hold. A unit multiplies operands of any format at one rate.
 *
 * @param machine the array
 * @param unit its units
 * @param memory how SRAMs are read and filled; empty where they keep up
 */
public record ArrayLayers(Machine machine, UnitShape unit, Optional<MemorySystem> memory)
    implements LayerMachine {

  private static final double SUM_BITS = 32;

  /** So that a schedule, one entry a tile, fits the memory. */
  private static final double MOST_TILES = 1 << 20;

  @Override
  public String name() {
    return machine.name();
  }

  @Override
  public String multiplies() {
    return "operands of any format";
  }

  @Override
  public Optional<String> limit() {
    return machine.dataflow() == Dataflow.OUTPUT_STATIONARY
        ? Optional.empty()
        : Optional.of(
            "what stays in the array is shifted in when the tile before has drained: arrays that load the"
                + " next tile beside the one in use (shadow registers of TPUs) are faster where few vectors"
                + " stream past a tile, at most as fast as external memory");
  }

  private double hertz() {
    return machine.clockMegahertz() * 1e6;
  }

  @Override
  public Optional<Double> peakMacsPerSecond(LayerFormats formats) {
    return Optional.of(machine.units() * unit.macsPerCycle() * hertz());
  }

  @Override
  public Optional<Double> outerBytesPerSecond() {
    return memory.map(m -> m.busBitsPerCycle() * hertz() / Byte.SIZE);
  }

  @Override
  public Optional<LayerTime> time(ProductLayer layer, LayerFormats formats) {
    return Optional.of(
        memory.map(with -> scheduled(layer, formats, with)).orElseGet(() -> withoutMemory(layer)));
  }

  private LayerTime withoutMemory(ProductLayer layer) {
    long cycles = new SystolicCycles(machine, unit).cycles(layer.gemm());
    double seconds = cycles * (double) layer.matrices() / hertz();
    double busy = layer.macs() / (cycles * (double) layer.matrices() * machine.units());
    String bound = busy / unit.macsPerCycle() > 0.5 ? "units" : "filling and draining";
    return LayerTime.of(seconds, bound, "", Optional.empty());
  }

  private LayerTime scheduled(ProductLayer layer, LayerFormats formats, MemorySystem with) {
    StorageBits bits = new StorageBits(formats.activationBits(), formats.weightBits(), SUM_BITS);
    Tiling tiling = fitting(layer.gemm(), with, bits);
    ArrayEstimate estimate = ArrayEstimate.of(machine, unit, with, bits, layer.gemm(), tiling);
    double seconds = layer.matrices() / hertz();
    Map<String, Double> parts = new LinkedHashMap<>();
    estimate
        .causes()
        .cycles()
        .forEach(
            (cause, cycles) -> {
              if (cycles > 0) {
                parts.put(cause.toString(), cycles * seconds);
              }
            });
    return new LayerTime(
        estimate.performance().cycles() * seconds,
        estimate.bound().toString(),
        "tile " + tiling,
        parts,
        Optional.of(layer.matrices() * estimate.step().dramBits() / Byte.SIZE));
  }

  /** Tiles of the whole array past which as much streams as fits, a power of two times fewer. */
  private Tiling fitting(Gemm gemm, MemorySystem with, StorageBits bits) {
    Tiling whole = Tiling.whole(machine, unit, gemm);
    Tiling.Extent extent = Tiling.Extent.of(machine, unit, gemm);
    int rows = Math.min(whole.rows(), extent.rows());
    int columns = Math.min(whole.columns(), extent.columns());
    for (long pieces = 1; pieces < 2L * whole.streamed(); pieces *= 2) {
      int streamed = (int) ((whole.streamed() + pieces - 1) / pieces);
      Tiling tiling = new Tiling(rows, columns, streamed);
      if (tiling.excess(machine, unit, with, bits, gemm).isEmpty()) {
        requireFew(extent, tiling);
        return tiling;
      }
    }
    throw new IllegalArgumentException("no tile of " + gemm + " fits the SRAMs of " + name());
  }

  private void requireFew(Tiling.Extent extent, Tiling tiling) {
    double tiles =
        Math.ceil((double) extent.rows() / tiling.rows())
            * Math.ceil((double) extent.columns() / tiling.columns())
            * Math.ceil((double) extent.streamed() / tiling.streamed());
    if (tiles > MOST_TILES) {
      throw new IllegalArgumentException(
          "a product on " + name() + " must have at most 2^20 tiles: " + (long) tiles);
    }
  }
}
