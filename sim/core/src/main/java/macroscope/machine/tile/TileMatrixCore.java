package macroscope.machine.tile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import macroscope.hardware.Widths;
import macroscope.machine.layer.LayerFormats;
import macroscope.machine.layer.LayerMachine;
import macroscope.machine.layer.LayerTime;
import macroscope.workload.Gemm;
import macroscope.workload.ProductLayer;

/**
 * A processor core whose matrix unit multiplies tiles of its own registers (Intel AMX). The kernel holds
 * two by two tiles of sums and loads two tiles of A and two of B for four products, columns of results
 * outside, rows inside; an instruction takes a cycle for each row of A that its tile has, so that edges
 * cost what they hold, but columns and depths are padded.
 *
 * @param name as files name it
 * @param clockMegahertz clock while the unit works
 * @param tileRows rows of a tile
 * @param tileRowBytes bytes of a row
 * @param depths by element format the numbers along K that one row holds
 * @param firstLevelBytes of the cache that tiles are loaded from, and of a panel of B in it half
 * @param firstLevelBytesPerCycle what loads of tiles take from it
 * @param secondLevelBytesPerCycle what fills it
 * @param secondLevelBytes of the cache behind it
 * @param outerGigabytesPerSecond what the core streams from beyond, 10^9 bytes
 * @param intervalFactor fitted: cycles from one instruction to the next over its rows
 */
public record TileMatrixCore(
    String name,
    double clockMegahertz,
    int tileRows,
    int tileRowBytes,
    Map<String, Integer> depths,
    double firstLevelBytes,
    double firstLevelBytesPerCycle,
    double secondLevelBytesPerCycle,
    double secondLevelBytes,
    double outerGigabytesPerSecond,
    double intervalFactor)
    implements LayerMachine {

  /** Tiles of sums in each direction, of the eight that there are. */
  private static final int BLOCK = 2;

  private static final double SUM_BYTES = 4;

  public TileMatrixCore {
    Widths.inRange("tile rows", tileRows, 1, 256);
    Widths.inRange("bytes of a tile row", tileRowBytes, 4, 1024);
    depths = Map.copyOf(depths);
    if (!(intervalFactor >= 0.5 && intervalFactor <= 4)) {
      throw new IllegalArgumentException("interval factor must be 0.5..4: " + intervalFactor);
    }
  }

  /** Columns of a tile of sums: 4-byte numbers of a row. */
  private int tileColumns() {
    return (int) (tileRowBytes / SUM_BYTES);
  }

  /** Multiply-accumulates a cycle at the peak; 0 for a format that is not multiplied. */
  public double macsPerCycle(String format) {
    return depths.getOrDefault(format, 0) * (double) tileColumns();
  }

  @Override
  public String multiplies() {
    return depths.keySet().stream()
        .sorted()
        .map(format -> format + " by " + format)
        .collect(Collectors.joining(", "));
  }

  @Override
  public Optional<Double> peakMacsPerSecond(LayerFormats formats) {
    double rate = macsPerCycle(formats.activations()) * clockMegahertz * 1e6;
    return Optional.of(rate).filter(r -> r > 0);
  }

  @Override
  public Optional<Double> outerBytesPerSecond() {
    return Optional.of(outerGigabytesPerSecond * 1e9);
  }

  /** The second level has none of the weights if it cannot have all of them. */
  @Override
  public LayerMachine holding(double weightBytes) {
    return weightBytes <= secondLevelBytes ? this : new Cold(this);
  }

  /** The core while weights are in external memory whenever they are read. */
  private record Cold(TileMatrixCore core) implements LayerMachine {
    @Override
    public String name() {
      return core.name();
    }

    @Override
    public String multiplies() {
      return core.multiplies();
    }

    @Override
    public Optional<Double> peakMacsPerSecond(LayerFormats formats) {
      return core.peakMacsPerSecond(formats);
    }

    @Override
    public Optional<Double> outerBytesPerSecond() {
      return core.outerBytesPerSecond();
    }

    @Override
    public Optional<LayerTime> time(ProductLayer layer, LayerFormats formats) {
      return core.time(layer, formats, true);
    }
  }

  @Override
  public Optional<LayerTime> time(ProductLayer layer, LayerFormats formats) {
    return time(layer, formats, false);
  }

  private Optional<LayerTime> time(ProductLayer layer, LayerFormats formats, boolean cold) {
    Integer depth = depths.get(formats.activations());
    if (depth == null || !formats.activations().equals(formats.weights())) {
      return Optional.empty();
    }
    return Optional.of(new Product(layer.gemm(), layer.matrices(), depth, formats, cold).time());
  }

  /** One product and what it moves. */
  private final class Product {
    private final Gemm gemm;
    private final int matrices;
    private final LayerFormats formats;
    private final boolean cold;
    private final double rowTiles;
    private final double columnTiles;
    private final double steps;

    Product(Gemm gemm, int matrices, int depth, LayerFormats formats, boolean cold) {
      this.gemm = gemm;
      this.matrices = matrices;
      this.formats = formats;
      this.cold = cold;
      this.rowTiles = Math.ceil((double) gemm.m() / tileRows);
      this.columnTiles = Math.ceil((double) gemm.n() / tileColumns());
      this.steps = Math.ceil((double) gemm.k() / depth);
    }

    LayerTime time() {
      double hertz = clockMegahertz * 1e6;
      double multiply = gemm.m() * columnTiles * steps * intervalFactor / hertz;
      double loads = loadedBytes() / firstLevelBytesPerCycle / hertz;
      double fills = filledBytes() / secondLevelBytesPerCycle / hertz;
      double outer = outerBytes() / (outerGigabytesPerSecond * 1e9);
      Map<String, Double> seconds = new LinkedHashMap<>();
      seconds.put("matrix unit", multiply);
      seconds.put("tile loads", loads);
      seconds.put("l2 cache", fills);
      seconds.put(LayerTime.MEMORY, outer);
      Map.Entry<String, Double> most =
          Collections.max(seconds.entrySet(), Map.Entry.comparingByValue());
      Map<String, Double> parts = new LinkedHashMap<>();
      parts.put("matrix unit", matrices * multiply);
      if (most.getValue() > multiply) {
        parts.put("wait for " + most.getKey(), matrices * (most.getValue() - multiply));
      }
      return new LayerTime(
          matrices * most.getValue(),
          most.getKey(),
          "",
          parts,
          Optional.of(matrices * outerBytes()));
    }

    private double aBytes() {
      return gemm.m() * steps * tileRowBytes;
    }

    private double bBytes() {
      return columnTiles * steps * tileRows * tileRowBytes;
    }

    private double loadedBytes() {
      return aBytes() * Math.ceil(columnTiles / BLOCK) + bBytes() * Math.ceil(rowTiles / BLOCK);
    }

    /** B once if two of its columns of tiles stay in half the first level, A for each of them. */
    private double filledBytes() {
      boolean stays = BLOCK * steps * tileRows * tileRowBytes <= firstLevelBytes / 2;
      double b = stays ? bBytes() : bBytes() * Math.ceil(rowTiles / BLOCK);
      return aBytes() * Math.ceil(columnTiles / BLOCK) + b;
    }

    /** None if the second level holds all; else each once, A for each column of blocks if it must. */
    private double outerBytes() {
      double a = (double) gemm.m() * gemm.k() * formats.activationBits() / 8;
      double b = (double) gemm.n() * gemm.k() * formats.weightBits() / 8;
      double results = SUM_BYTES * gemm.m() * gemm.n();
      if (a + b + results <= secondLevelBytes) {
        return cold ? b : 0;
      }
      double again = a <= secondLevelBytes / 2 ? 1 : Math.ceil(columnTiles / BLOCK);
      return a * again + b + results;
    }
  }
}
