package macroscope.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import macroscope.format.Formats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparsityTest {

  private static EncodedMatrix int4(int columns, long... codes) {
    TensorFormat format = new TensorFormat("int4", Formats.canonical("int4"), List.of());
    return new EncodedMatrix(format, codes.length / columns, columns, codes, List.of());
  }

  private static SparseMatrix compressed(String sparsity, int columns, long... codes) {
    return SparseMatrix.compress(Sparsity.parse(sparsity), int4(columns, codes));
  }

  private static List<Integer> columns(SparseMatrix matrix) {
    return IntStream.range(0, matrix.kept().columns()).mapToObj(k -> matrix.column(0, k)).toList();
  }

  /** Which pairs PyTorch's conversion for CUTLASS keeps, and the metadata of PTX. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0, 1110",
    "0, 0, 0, 7, 1110",
    "0, 0, 7, 0, 1110",
    "0, 7, 0, 0, 1001",
    "7, 0, 0, 0, 1000",
    "7, 7, 0, 0, 0100",
    "7, 0, 7, 0, 1000",
    "7, 0, 0, 7, 1100",
    "0, 7, 7, 0, 1001",
    "0, 7, 0, 7, 1101",
    "0, 0, 7, 7, 1110"
  })
  void twoOfFourHaveTheMetadataOfPtx(long a, long b, long c, long d, String bits) {
    assertThat(compressed("2of4", 4, a, b, c, d).metadata(0, 0))
        .isEqualTo(Integer.parseInt(bits, 2));
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 1110", "0, 5, 1110", "5, 0, 0100"})
  void oneOfTwoHasTheMetadataOfTheHalvesOfAWord(long a, long b, String bits) {
    assertThat(compressed("1of2", 2, a, b).metadata(0, 0)).isEqualTo(Integer.parseInt(bits, 2));
  }

  @Test
  void pairsAreKeptTogether() {
    assertThat(columns(compressed("4of8pairs", 8, 0, 0, 0, 3, 0, 0, 5, 0)))
        .containsExactly(2, 3, 6, 7);
  }

  @Test
  void aPairTooManyIsRefused() {
    assertThatThrownBy(() -> compressed("4of8pairs", 8, 0, 1, 0, 3, 0, 0, 5, 0))
        .hasMessage("row 0, k 0..7 must have at most 2 pairs other than zero (4of8pairs): 3");
  }

  @Test
  void theFirstGroupThatIsTooFullIsNamed() {
    assertThatThrownBy(() -> compressed("2of4", 8, 1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1, 2, 3))
        .hasMessage("row 1, k 4..7 must have at most 2 elements other than zero (2of4): 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2of4", "1of2", "4of8pairs", "3of5", "1of7"})
  void expandingGivesThePrunedMatrixBack(String name) {
    Sparsity sparsity = Sparsity.parse(name);
    double[] x = IntStream.range(0, 3 * 22).mapToDouble(i -> i * 37 % 15 - 7).toArray();
    double[] pruned = new MagnitudePruning(sparsity).prune(x, 3, 22);
    long[] codes = Arrays.stream(pruned).mapToLong(v -> (long) v & 15).toArray();
    assertThat(SparseMatrix.compress(sparsity, int4(22, codes)).expand().codes()).isEqualTo(codes);
  }

  @Test
  void aShortLastGroupIsFilledUp() {
    SparseMatrix matrix = compressed("2of4", 5, 1, 0, 0, 2, 3);
    assertThat(columns(matrix)).containsExactly(0, 3, 4, 6);
    assertThat(matrix.kept().codes()).containsExactly(1, 2, 3, 0);
  }

  @Test
  void metadataOfOnesOwnMayBeInAnyOrder() {
    EncodedMatrix kept = int4(2, 5, 6);
    SparseMatrix matrix = new SparseMatrix(Sparsity.parse("2of4"), kept, 4, new int[] {3, 1});
    assertThat(matrix.ordered()).isFalse();
    assertThat(matrix.expand().codes()).containsExactly(0, 6, 0, 5);
  }

  @Test
  void selectorsOfSeveralGroupsAreOrderedApart() {
    EncodedMatrix kept = int4(4, 1, 2, 3, 4);
    assertThat(new SparseMatrix(Sparsity.parse("2of4"), kept, 8, new int[] {2, 3, 0, 1}).ordered())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "0, 4", "-1, 2"})
  void selectorsMustBeDifferentCells(int first, int second) {
    EncodedMatrix kept = int4(2, 5, 6);
    assertThatThrownBy(
            () -> new SparseMatrix(Sparsity.parse("2of4"), kept, 4, new int[] {first, second}))
        .hasMessageStartingWith("selectors of a group must be different cells of 0..3: ");
  }

  @Test
  void pruningKeepsTheLargestAndOfEqualOnesTheFirst() {
    assertThat(
            new MagnitudePruning(Sparsity.parse("2of4"))
                .prune(new double[] {1, -3, 2, 3, 2, 2, -2, 2}, 1, 8))
        .containsExactly(0, -3, 0, 3, 2, 2, 0, 0);
  }

  @Test
  void pruningWeighsPairsByTheirSquares() {
    assertThat(
            new MagnitudePruning(Sparsity.parse("4of8pairs"))
                .prune(new double[] {3, 3, 4, 0, 0, 4.5, 1, 1}, 1, 8))
        .containsExactly(3, 3, 0, 0, 0, 4.5, 0, 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2to4 | a sparsity is <kept>of<group> or <kept>of<group>pairs, as in 2of4: 2to4",
        "4of4 | kept elements of a sparse group must be 1..3: 4",
        "0of4 | kept elements of a sparse group must be 1..3: 0",
        "2of65 | elements of a sparse group must be 2..64: 65",
        "3of8pairs | pairs need even numbers: 3 of 8 elements"
      })
  void aPatternThatCannotBeIsRefused(String name, String rule) {
    assertThatThrownBy(() -> Sparsity.parse(name)).hasMessage(rule);
  }

  @ParameterizedTest
  @CsvSource({
    "int8:channel:2of4, 2, 8, 4.5+0.5+4",
    "int8:channel:2of4, 1, 16, 4+1+2",
    "binary16:2of4, 4, 8, 8+1+0",
    "binary32:1of2, 4, 8, 16+2+0",
    "int4:group8:binary16:4of8pairs, 4, 8, 2+0.5+2"
  })
  void storageIsThatOfKeptElementsMetadataAndScales(
      String scheme, int rows, int columns, String sum) {
    double bits = Arrays.stream(sum.split("\\+")).mapToDouble(Double::parseDouble).sum();
    assertThat(TensorFormats.parse(scheme).bitsPerElement(rows, columns)).isEqualTo(bits);
  }

  @Test
  void aSchemePrunesBeforeItScales() {
    double[] x = {1, 100, 2, 51, 8, 7, 6, 5};
    EncodedMatrix pruned = Quantizer.quantize(TensorFormats.parse("int8:group4:2of4"), x, 1, 8);
    assertThat(LongStream.of(pruned.codes()))
        .containsExactly(0L, 127L, 0L, 65L, 127L, 111L, 0L, 0L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int8:channel:asym:2of4 | only a format whose elements stand alone, without zero points, is pruned",
        "int8:channel:sorted:2of4 | only a format whose elements stand alone, without zero points, is pruned",
        "planes2:channel:1of2 | sparsity needs a zero: planes2",
        "int8:channel:4of4 | kept elements of a sparse group must be 1..3: 4"
      })
  void aSchemeThatCannotBePrunedIsRefused(String scheme, String rule) {
    assertThatThrownBy(() -> TensorFormats.parse(scheme))
        .hasMessage("scheme " + scheme + ": " + rule);
  }
}
