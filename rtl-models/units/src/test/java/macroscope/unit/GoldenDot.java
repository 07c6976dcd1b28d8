package macroscope.unit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import macroscope.format.NumberFormat;
import macroscope.unit.Instruction.Registers;

/**
 * A dot product of a real instruction among the test resources.
 *
 * @param a registers
 * @param b registers
 * @param c register
 * @param expected register of d
 */
record GoldenDot(
    String id, Instruction instruction, Registers a, Registers b, long c, long expected) {

  /** AMD's rows hold one NaN for any. */
  boolean agrees(long actual) {
    NumberFormat format = instruction.d().format();
    boolean anyNan = instruction.vendor().equals("AMD") && format.decode(expected).isNan();
    return actual == expected || (anyNan && format.decode(actual).isNan());
  }

  static List<GoldenDot> rows(String file) throws IOException {
    var bytes = Objects.requireNonNull(GoldenDot.class.getResourceAsStream(file + ".csv.gz"), file);
    try (var lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(bytes), StandardCharsets.US_ASCII))) {
      return lines.lines().skip(1).map(line -> row(line.split(",", -1))).toList();
    }
  }

  private static GoldenDot row(String[] f) {
    Instruction instruction = Units.find(f[1], f[2], f[3]).orElseThrow();
    Registers a = new Registers(registers(f[9]), registers(f[11]));
    Registers b = new Registers(registers(f[10]), registers(f[12]));
    return new GoldenDot(f[0], instruction, a, b, word(f[13]), word(f[14]));
  }

  private static long[] registers(String list) {
    return Stream.of(list.split("_"))
        .filter(hex -> !hex.isEmpty())
        .mapToLong(GoldenDot::word)
        .toArray();
  }

  private static long word(String hex) {
    return Long.parseUnsignedLong(hex, 16);
  }
}
