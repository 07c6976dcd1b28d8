package macroscope.machine.lookup;

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
 * Slices of a cache whose arrays multiply by tables (SAIL, arXiv 2509.25853): a bit line has the weights
 * of one output. For each group of weights a line makes the sums of its subsets, once for all vectors of a
 * batch; for each bit of the activations it looks one of them up and adds it, bit after bit, as
 * Neural Cache does (Eckert et al., ISCA 2018: an addition of b bits takes b + 1 cycles). All lines work
 * at the same time; weights come from beyond the cache meanwhile.
 *
 * @param name as files name it
 * @param clockMegahertz clock of an array's steps
 * @param arrays arrays that compute, of all slices
 * @param lines bit lines of an array
 * @param group weights whose sums one table has
 * @param sumBits bits of a running sum
 * @param savedLookups part of lookups that recurring patterns of activations save, 0..1
 * @param activationBits by element format the bits that are looked up one after another
 * @param weightBits bits of the widest weight
 * @param outerGigabytesPerSecond bandwidth of external memory, 10^9 bytes
 */
public record LookupSlices(
    String name,
    double clockMegahertz,
    int arrays,
    int lines,
    int group,
    int sumBits,
    double savedLookups,
    Map<String, Integer> activationBits,
    int weightBits,
    double outerGigabytesPerSecond)
    implements LayerMachine {

  public LookupSlices {
    Widths.inRange("arrays", arrays, 1, 1 << 20);
    Widths.inRange("lines", lines, 1, 1 << 12);
    Widths.inRange("weights of a table", group, 1, 8);
    Widths.inRange("bits of a sum", sumBits, 1, 64);
    activationBits = Map.copyOf(activationBits);
    if (!(savedLookups >= 0 && savedLookups < 1)) {
      throw new IllegalArgumentException(
          "saved lookups must be 0 or more, below 1: " + savedLookups);
    }
  }

  /** Cycles in which a line makes the sums of a group of weights of so many bits. */
  double tableCycles(double bits) {
    int sums = (1 << group) - 1 - group;
    return sums * (Math.ceil(bits) + Math.ceil(Math.log(group) / Math.log(2)) + 1);
  }

  /** Cycles of a group's share of one vector's product. */
  double lookupCycles(int bits) {
    return bits * (1 - savedLookups) * (sumBits + 1);
  }

  @Override
  public String multiplies() {
    return "weights of up to "
        + weightBits
        + " bits by "
        + activationBits.keySet().stream().sorted().collect(Collectors.joining(" or "));
  }

  @Override
  public Optional<Double> outerBytesPerSecond() {
    return Optional.of(outerGigabytesPerSecond * 1e9);
  }

  /** Lookups of all lines, the tables already made. */
  @Override
  public Optional<Double> peakMacsPerSecond(LayerFormats formats) {
    return Optional.ofNullable(activationBits.get(formats.activations()))
        .map(bits -> (double) arrays * lines * group / lookupCycles(bits) * clockMegahertz * 1e6);
  }

  @Override
  public Optional<LayerTime> time(ProductLayer layer, LayerFormats formats) {
    Integer bits = activationBits.get(formats.activations());
    if (bits == null || formats.weightElementBits() > weightBits) {
      return Optional.empty();
    }
    Gemm gemm = layer.gemm();
    double groups = Math.ceil((double) gemm.k() / group);
    double each = tableCycles(formats.weightBits()) + gemm.m() * lookupCycles(bits);
    double work = Math.ceil((double) gemm.n() / lines) * groups * layer.matrices();
    double compute = Math.ceil(work / arrays) * each / (clockMegahertz * 1e6);
    double bytes = layer.rightNumbers() * formats.weightBits() / 8;
    double memory = bytes / (outerGigabytesPerSecond * 1e9);
    return Optional.of(LayerTime.overlapped(compute, "arrays", memory, bytes, ""));
  }
}
