package macroscope.machine.layer;

import macroscope.hardware.Widths;

/**
 * The cores of a processor that share external memory.
 *
 * @param cores how many of them there are
 * @param gigabytesPerSecond what all of them stream together, 10^9 bytes
 * @param gigabytes capacity, 10^9 bytes
 */
public record CoreSharing(int cores, double gigabytesPerSecond, double gigabytes) {

  public CoreSharing {
    Widths.inRange("cores", cores, 1, 1 << 10);
    for (double number : new double[] {gigabytesPerSecond, gigabytes}) {
      if (!(number > 0 && number < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("memory must be finite and above 0: " + number);
      }
    }
  }
}
