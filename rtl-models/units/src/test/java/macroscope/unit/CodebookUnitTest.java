package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.hardware.Component;
import macroscope.hardware.Feature;
import macroscope.reference.ReferenceCodebook;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;
import macroscope.tensor.VectorCodebook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodebookUnitTest {

  private static final int ROWS = 9;
  private static final int DEPTH = 46;

  private static CodebookSpec spec(String parameters) {
    return (CodebookSpec) UnitSpelling.parse("codebook:" + parameters);
  }

  private static double[] numbers(int seed, int count) {
    return new SplittableRandom(seed).doubles(count, -1, 1).toArray();
  }

  private static EncodedMatrix weights(int dimension, List<Integer> indexBits) {
    return weights(dimension, indexBits, "");
  }

  /** Weights as vectors of random codebooks of these widths. */
  private static EncodedMatrix weights(int dimension, List<Integer> indexBits, String scales) {
    List<VectorCodebook> books = new ArrayList<>();
    for (int bits : indexBits) {
      double[] entries = numbers(bits + books.size(), dimension << bits);
      books.add(VectorCodebook.rounded(Formats.BINARY16, dimension, entries));
    }
    String scheme = "vq" + dimension;
    for (int bits : indexBits) {
      scheme += "_" + bits;
    }
    TensorFormat format = TensorFormats.parse(scheme + scales).withCodebooks(books);
    return Quantizer.quantize(format, numbers(3, ROWS * DEPTH), ROWS, DEPTH);
  }

  private static EncodedMatrix activations(NumberFormat format) {
    long[] codes =
        Arrays.stream(numbers(5, 2 * DEPTH))
            .mapToLong(x -> format.encodeDouble(x, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE))
            .toArray();
    return TwinCheck.matrix(format, 2, DEPTH, codes);
  }

  private static long[] results(CodebookSpec spec, EncodedMatrix a, EncodedMatrix b) {
    CodebookUnit unit = new CodebookUnit(spec);
    Accumulators sums = Accumulators.zeros(unit.accumulatorFormat(), a.rows(), b.rows());
    Arrays.fill(sums.codes(), Float.floatToRawIntBits(0.375f));
    unit.gemm(unit.prepareA(a), unit.prepareB(b), 0, a.columns(), sums);
    return sums.codes();
  }

  private static long[] expected(CodebookSpec spec, EncodedMatrix a, EncodedMatrix b) {
    ReferenceCodebook twin = new ReferenceCodebook(spec);
    long[] expected = new long[a.rows() * b.rows()];
    for (int at = 0; at < expected.length; at++) {
      int row = at / b.rows();
      long[] x = Arrays.copyOfRange(a.codes(), row * DEPTH, (row + 1) * DEPTH);
      long addend = Float.floatToRawIntBits(0.375f);
      expected[at] = twin.dot(x, b, at % b.rows(), 0, DEPTH, addend);
    }
    return expected;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dimension=8,index_bits=8",
        "dimension=8,index_bits=4_6",
        "dimension=3,index_bits=5_5_5,a=bfloat16",
        "dimension=4,index_bits=6,a=e4m3fn",
        "dimension=8,index_bits=8,form=activation_tables",
        "dimension=8,index_bits=4_6,form=activation_tables,table=binary16",
        "dimension=3,index_bits=5_5_5,form=activation_tables,a=binary32,table=bfloat16"
      })
  void equalsItsTwin(String parameters) {
    CodebookSpec spec = spec(parameters);
    EncodedMatrix a = activations(spec.a());
    EncodedMatrix b = weights(spec.dimension(), spec.indexBits());
    assertThat(results(spec, a, b)).isEqualTo(expected(spec, a, b));
  }

  /** Points of E8P, in both forms. */
  @ParameterizedTest
  @ValueSource(strings = {"decode", "activation_tables"})
  void pointsOfALatticeEqualTheTwin(String form) {
    CodebookSpec spec = spec("dimension=8,index_bits=16,book=e8p,form=" + form);
    EncodedMatrix a = activations(spec.a());
    EncodedMatrix b =
        Quantizer.quantize(TensorFormats.parse("e8p"), numbers(3, ROWS * DEPTH), ROWS, DEPTH);
    assertThat(results(spec, a, b)).isEqualTo(expected(spec, a, b));
  }

  @ParameterizedTest
  @ValueSource(strings = {"decode", "activation_tables"})
  void pointsThatAreWorkedOutTakeLessThanTheirTable(String form) {
    String parameters = "dimension=8,index_bits=16,form=" + form;
    assertThat(new CodebookUnit(spec(parameters + ",book=e8p")).inventory().registerBits())
        .isLessThan(new CodebookUnit(spec(parameters)).inventory().registerBits());
  }

  @Test
  void pointsOfE8pHaveOneShape() {
    assertThatThrownBy(() -> spec("dimension=8,index_bits=8_8,book=e8p"))
        .hasMessageContaining("points of E8P have dimension 8 and one index of 16 bits: 8, [8, 8]");
  }

  /** Scales in the decoder, as kernels that dequantize have them. */
  @ParameterizedTest
  @CsvSource({
    "'dimension=8,index_bits=4_6,scale=before', :channel:fp16",
    "'dimension=8,index_bits=6,scale=before,a=bfloat16', :group16",
    "'dimension=4,index_bits=5,scale=before,stored=binary32', :group8:absmax"
  })
  void scalesOfElementsAreThoseOfTheTwin(String parameters, String scales) {
    CodebookSpec spec = spec(parameters);
    EncodedMatrix a = activations(spec.a());
    EncodedMatrix b = weights(spec.dimension(), spec.indexBits(), scales);
    assertThat(results(spec, a, b)).isEqualTo(expected(spec, a, b));
  }

  /** Scales of rows and groups after the sum, in both forms: {@code fma(sum, scale, result)}. */
  @ParameterizedTest
  @CsvSource({
    "'dimension=8,index_bits=4_6', :channel:fp16",
    "'dimension=8,index_bits=4_6', :group16:fp16",
    "'dimension=8,index_bits=4_6,form=activation_tables', :channel:fp16",
    "'dimension=3,index_bits=5,form=activation_tables,table=binary16', :group9"
  })
  void scalesOfSumsAreAppliedByRowAndGroup(String parameters, String scales) {
    CodebookSpec spec = spec(parameters);
    EncodedMatrix a = activations(spec.a());
    EncodedMatrix b = weights(spec.dimension(), spec.indexBits(), scales);
    ScaledGemm<CodebookOperand> gemm = new ScaledGemm<>(new CodebookUnit(spec));
    ReferenceCodebook twin = new ReferenceCodebook(spec);
    int group = b.format().levels().get(0).extent().run(DEPTH);
    double[] expected = new double[a.rows() * b.rows()];
    for (int at = 0; at < expected.length; at++) {
      long[] x = Arrays.copyOfRange(a.codes(), at / ROWS * DEPTH, (at / ROWS + 1) * DEPTH);
      float sum = 0;
      for (int k = 0; k < DEPTH; k += group) {
        long part = twin.dot(x, b, at % ROWS, k, Math.min(k + group, DEPTH), 0);
        float scale = (float) b.scale(at % ROWS, k);
        sum = Math.fma(Float.intBitsToFloat((int) part), scale, sum);
      }
      expected[at] = sum;
    }
    assertThat(gemm.multiply(gemm.prepareA(a), gemm.prepareB(b))).isEqualTo(expected);
  }

  @Test
  void tablesOfActivationsKnowNoScalesOfElements() {
    assertThatThrownBy(() -> spec("dimension=8,index_bits=8,form=activation_tables,scale=before"))
        .hasMessageEndingWith(
            "scales go before the multiplication where vectors are decoded: ACTIVATION_TABLES");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dimension=8,index_bits=8|dimension=8,index_bits=8,scale=before",
        "dimension=8,index_bits=8|dimension=8,index_bits=9",
        "dimension=8,index_bits=8|dimension=8,index_bits=8_8",
        "dimension=8,index_bits=8|dimension=4,index_bits=8",
        "dimension=8,index_bits=8|dimension=8,index_bits=8,a=bfloat16,length=8",
        "dimension=8,index_bits=8|dimension=8,index_bits=8,stored=e5m2",
        "dimension=8,index_bits=8|dimension=8,index_bits=8,form=activation_tables",
        "dimension=8,index_bits=8|dimension=8,index_bits=8,length=16",
        "dimension=8,index_bits=8,form=activation_tables|"
            + "dimension=8,index_bits=8,form=activation_tables,table=binary16",
        "dimension=8,index_bits=8,form=activation_tables|"
            + "dimension=8,index_bits=8,form=activation_tables,reuse=128"
      })
  void everyParameterChangesTheHardware(String one, String other) {
    assertThat(
            new CodebookUnit(spec(one)).inventory() + "" + new CodebookUnit(spec(one)).pipeline())
        .isNotEqualTo(
            new CodebookUnit(spec(other)).inventory()
                + ""
                + new CodebookUnit(spec(other)).pipeline());
  }

  /** AQLM 2x8 for 8 elements: two tables of 4 KiB. */
  @Test
  void codebooksHaveTheBitsOfTheirEntries() {
    double bits =
        new CodebookUnit(spec("dimension=8,index_bits=8_8"))
            .inventory().lines().stream()
                .filter(line -> line.name().equals("codebook"))
                .mapToDouble(line -> line.perUnit(Feature.SIZE) * line.sharedBy())
                .sum();
    assertThat(bits).isEqualTo(2 * 4096 * 8);
  }

  /** Multiplications that are not shared with the other units of a table. */
  @Test
  void lookingUpNeedsNoMultiplierOfItsOwn() {
    assertThat(
            new CodebookUnit(spec("dimension=8,index_bits=8,form=activation_tables"))
                .inventory()
                .lines())
        .filteredOn(line -> line.component() instanceof Component.Multiplier)
        .allMatch(line -> line.sharing().isPresent());
  }

  @Test
  void weightsOfOtherCodebooksAreRefused() {
    CodebookUnit unit = new CodebookUnit(spec("dimension=8,index_bits=4"));
    assertThatThrownBy(() -> unit.prepareB(weights(8, List.of(5))))
        .hasMessage("entries of a codebook must be 1..16: 32");
  }

  @Test
  void weightsThatAreNoVectorsAreRefused() {
    CodebookUnit unit = new CodebookUnit(spec("dimension=8,index_bits=4"));
    assertThatThrownBy(() -> unit.prepareB(activations(Formats.BINARY16)))
        .hasMessage("weights must be indices of vectors: binary16");
  }

  @Test
  void aCutWithinAVectorIsRefused() {
    CodebookUnit unit = new CodebookUnit(spec("dimension=8,index_bits=4"));
    EncodedMatrix a = activations(Formats.BINARY16);
    EncodedMatrix b = weights(8, List.of(4));
    Accumulators sums = Accumulators.zeros(Formats.BINARY32, 2, ROWS);
    assertThatThrownBy(() -> unit.gemm(unit.prepareA(a), unit.prepareB(b), 4, 16, sums))
        .hasMessage("K must be cut between vectors of 8: 4..16");
  }

  @Test
  void aMatrixIsQuantizedToLearntCodebooksOnly() {
    TensorFormat format = TensorFormats.parse("vq2_4");
    assertThatThrownBy(() -> Quantizer.quantize(format, new double[8], 2, 4))
        .hasMessage("vq2_4: the codebooks must be learnt from the matrix first");
  }

  /** 16 index bits for 8 elements, and two tables of 256 x 8 binary16 numbers. */
  @Test
  void indicesAndCodebooksAreStored() {
    assertThat(TensorFormats.parse("vq8_8_8").bitsPerElement(1024, 1024))
        .isEqualTo(2 + 2 * 256 * 8 * 16 / (1024.0 * 1024));
  }
}
