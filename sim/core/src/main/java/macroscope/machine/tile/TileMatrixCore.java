package macroscope.machine.tile;

import java.util.Map;
import java.util.Optional;
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
  public Optional<LayerTime> time(ProductLayer layer, LayerFormats formats) {
    Integer depth = depths.get(formats.activations());
    if (depth == null || !formats.activations().equals(formats.weights())) {
      return Optional.empty();
    }
    return Optional.of(new Product(layer.gemm(), layer.matrices(), depth, formats).time());
  }

  /** One product and what it moves. */
  private final class Product {
    private final Gemm gemm;
    private final int matrices;
    private final LayerFormats formats;
    private final double rowTiles;
    private final double columnTiles;
    private final double steps;

    Product(Gemm gemm, int matrices, int depth, LayerFormats formats) {
      this.gemm = gemm;
      this.matrices = matrices;
      this.formats = formats;
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
      double most = Math.max(Math.max(multiply, loads), Math.max(fills, outer));
      String bound =
          most == multiply
              ? "matrix unit"
              : most == loads ? "tile loads" : most == fills ? "l2 cache" : "memory";
      return new LayerTime(matrices * most, bound, "");
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
        return 0;
      }
      double again = a <= secondLevelBytes / 2 ? 1 : Math.ceil(columnTiles / BLOCK);
      return a * again + b + results;
    }
  }
}
