package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.reference.ReferenceBlockScaledDot;
import macroscope.reference.ReferenceFmaChain;
import macroscope.reference.ReferenceFusedDot;
import macroscope.reference.ReferenceIntegerMac;
import macroscope.reference.ReferencePairwiseDot;
import macroscope.reference.ReferenceScaledGroupDot;
import macroscope.reference.ReferenceScaledUnit;
import macroscope.reference.ReferenceTwoLevelDot;
import macroscope.reference.ReferenceUnit;
import macroscope.reference.ReferenceVectorFma;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dot products of real instructions, see README.md beside the files. */
class GoldenDotsTest {

  @ParameterizedTest
  @CsvSource({
    "nvidia-volta-mma, 1800",
    "nvidia-ampere-mma, 1560",
    "nvidia-hopper-mma, 1620",
    "nvidia-hopper-wgmma, 1720",
    "nvidia-blackwell-tcgen05mma_block_scale, 840",
    "nvidia-rtxblackwell-mma_block_scale, 900",
    "amd-cdna1-mfma, 1920",
    "amd-cdna2-mfma, 2085",
    "amd-cdna3-mfma, 1970",
    "intel-amx, 1800",
    "intel-avx512, 2800"
  })
  void unitsGiveEveryGoldenBit(String file, int count) throws IOException {
    List<GoldenDot> rows = GoldenDot.rows(file);
    Map<String, DotProductUnit<?>> units = new HashMap<>();
    List<String> wrong = new ArrayList<>();
    for (GoldenDot row : rows) {
      var unit =
          units.computeIfAbsent(
              row.instruction().name(), name -> Units.create(row.instruction().unit()));
      long actual = row.instruction().dot(unit, row.a(), row.b(), row.c());
      if (!row.agrees(actual)) {
        wrong.add(row.id() + ": " + Long.toHexString(actual));
      }
    }
    assertThat(rows).hasSize(count);
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "nvidia-volta-mma",
    "nvidia-ampere-mma",
    "nvidia-hopper-mma",
    "nvidia-hopper-wgmma",
    "nvidia-blackwell-tcgen05mma_block_scale",
    "nvidia-rtxblackwell-mma_block_scale",
    "amd-cdna1-mfma",
    "amd-cdna2-mfma",
    "amd-cdna3-mfma",
    "intel-amx",
    "intel-avx512"
  })
  void twinsGiveEveryGoldenBit(String file) throws IOException {
    List<String> wrong = new ArrayList<>();
    for (GoldenDot row : GoldenDot.rows(file)) {
      long actual = twin(row);
      if (!row.agrees(actual)) {
        wrong.add(row.id() + ": " + Long.toHexString(actual));
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static long twin(GoldenDot row) {
    UnitSpec spec = row.instruction().unit();
    long[] a = codes(row.instruction().a(), row.a().elements());
    long[] b = codes(row.instruction().b(), row.b().elements());
    if (row.instruction().scale().isPresent()) {
      RegisterType type = row.instruction().scale().get().type();
      return scaledTwin(spec)
          .dot(a, codes(type, row.a().scales()), b, codes(type, row.b().scales()), addend(row));
    }
    return twin(spec).dot(a, b, addend(row));
  }

  private static ReferenceUnit twin(UnitSpec spec) {
    if (spec instanceof FusedDotSpec s) {
      return new ReferenceFusedDot(s);
    }
    if (spec instanceof PairwiseDotSpec s) {
      return new ReferencePairwiseDot(s);
    }
    if (spec instanceof TwoLevelDotSpec s) {
      return new ReferenceTwoLevelDot(s);
    }
    if (spec instanceof VectorFmaSpec s) {
      return new ReferenceVectorFma(s);
    }
    if (spec instanceof IntegerMacSpec s) {
      return new ReferenceIntegerMac(s);
    }
    return new ReferenceFmaChain((FmaChainSpec) spec);
  }

  private static ReferenceScaledUnit scaledTwin(UnitSpec spec) {
    return spec instanceof BlockScaledDotSpec s
        ? new ReferenceBlockScaledDot(s)
        : new ReferenceScaledGroupDot((ScaledGroupDotSpec) spec);
  }

  private static long[] codes(RegisterType type, long[] registers) {
    return Arrays.stream(registers).map(type::code).toArray();
  }

  private static long addend(GoldenDot row) {
    if (row.instruction().c().equals(row.instruction().d())) {
      return row.c();
    }
    NumberFormat c = row.instruction().c().format();
    NumberFormat d = row.instruction().d().format();
    return d.encode(c.decode(row.c()), RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
  }
}
