package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.reference.ReferenceFmaChain;
import macroscope.reference.ReferenceFusedDot;
import macroscope.reference.ReferenceUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dot products of real instructions, as MMA-Sim computes them (see README.md beside the files). */
class GoldenDotsTest {

  private record Row(
      String id, Instruction instruction, long[] a, long[] b, long c, long expected) {}

  @ParameterizedTest
  @CsvSource({
    "nvidia-volta-mma, 1800",
    "nvidia-ampere-mma, 1560",
    "nvidia-hopper-mma, 1620",
    "nvidia-hopper-wgmma, 1720"
  })
  void unitsGiveEveryGoldenBit(String file, int count) throws IOException {
    List<Row> rows = rows(file);
    Map<String, DotProductUnit<?>> units = new HashMap<>();
    List<String> wrong = new ArrayList<>();
    for (Row row : rows) {
      var unit =
          units.computeIfAbsent(
              row.instruction.name(), name -> Units.create(row.instruction.unit()));
      long actual = row.instruction.dot(unit, row.a, row.b, row.c);
      if (actual != row.expected) {
        wrong.add(row.id + ": " + Long.toHexString(actual));
      }
    }
    assertThat(rows).hasSize(count);
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"nvidia-volta-mma", "nvidia-ampere-mma", "nvidia-hopper-mma", "nvidia-hopper-wgmma"})
  void twinsGiveEveryGoldenBit(String file) throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Row row : rows(file)) {
      long actual =
          twin(row.instruction.unit()).dot(codes(row, row.a), codes(row, row.b), addend(row));
      if (actual != row.expected) {
        wrong.add(row.id + ": " + Long.toHexString(actual));
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static ReferenceUnit twin(UnitSpec spec) {
    return spec instanceof FusedDotSpec s
        ? new ReferenceFusedDot(s)
        : new ReferenceFmaChain((FmaChainSpec) spec);
  }

  private static long[] codes(Row row, long[] registers) {
    return Arrays.stream(registers).map(row.instruction.a()::code).toArray();
  }

  private static long addend(Row row) {
    NumberFormat c = row.instruction.c().format();
    NumberFormat d = row.instruction.d().format();
    return d.encode(c.decode(row.c), RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
  }

  private static List<Row> rows(String file) throws IOException {
    var bytes =
        Objects.requireNonNull(GoldenDotsTest.class.getResourceAsStream(file + ".csv.gz"), file);
    try (var lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(bytes), StandardCharsets.US_ASCII))) {
      return lines.lines().skip(1).map(line -> row(line.split(",", -1))).toList();
    }
  }

  private static Row row(String[] f) {
    Instruction instruction = Units.find(f[1], f[2], f[3]).orElseThrow();
    return new Row(f[0], instruction, registers(f[9]), registers(f[10]), word(f[13]), word(f[14]));
  }

  private static long[] registers(String list) {
    return Stream.of(list.split("_")).mapToLong(GoldenDotsTest::word).toArray();
  }

  private static long word(String hex) {
    return Long.parseUnsignedLong(hex, 16);
  }
}
