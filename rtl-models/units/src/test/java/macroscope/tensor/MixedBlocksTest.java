package macroscope.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import macroscope.format.IntegerFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MixedBlocksTest {

  /** Two rows of eight channels; those of odd number up to 9 times as large as the others. */
  private static final double[] X = {
    0.1, 9, 0.3, -7, 0.2, 1, -0.6, 2, //
    -0.7, 3, 0.5, 8, 0.1, -1, 0.2, 5
  };

  private static EncodedMatrix encoded(String scheme) {
    return Quantizer.quantize(TensorFormats.parse(scheme), X, 2, 8);
  }

  private static long integer(EncodedMatrix matrix, int row, int channel) {
    return ((IntegerFormat) matrix.format().element()).integer(matrix.code(row, channel));
  }

  private static ChannelPlan plan(EncodedMatrix matrix) {
    return ((Coding.MixedBlocks) matrix.format().coding()).plan().orElseThrow();
  }

  @Test
  void theLargestNumberOfABlockHasTheLargestCodeOfItsWidth() {
    EncodedMatrix matrix = encoded("fmpq4:blocks1");
    assertThat(integer(matrix, 0, 1)).isEqualTo(7);
    assertThat(integer(matrix, 0, 7)).isEqualTo(127);
    assertThat(integer(matrix, 1, 3)).isEqualTo(7);
    assertThat(integer(matrix, 1, 7)).isEqualTo(127);
  }

  @Test
  void elementsAreRoundedQuotientsByTheScaleOfTheirBlock() {
    EncodedMatrix matrix = encoded("fmpq4:blocks1");
    assertThat(integer(matrix, 0, 3)).isEqualTo(Math.round(-7 / (9.0 / 7)));
    assertThat(integer(matrix, 1, 5)).isEqualTo(Math.round(-1 / (5.0 / 127)));
  }

  @Test
  void theBlocksOfLargestMagnitudeHaveMoreBits() {
    assertThat(plan(encoded("fmpq2:1of2")).high()).isEqualTo(Set.of(0, 1));
    assertThat(plan(encoded("fmpq2:1of4")).high()).isEqualTo(Set.of(0));
  }

  @Test
  void aShareIsRoundedUpToWholeBlocks() {
    assertThat(plan(encoded("fmpq3:1of4")).high()).hasSize(1);
    assertThat(plan(encoded("fmpq3:0of4")).high()).isEmpty();
    assertThat(plan(encoded("fmpq3:2of4")).high()).hasSize(2);
    assertThat(plan(encoded("fmpq3:1of1")).high()).hasSize(3);
  }

  @Test
  void sortedChannelsBringOutliersTogether() {
    ChannelPlan plan = plan(encoded("fmpq2:1of4:sorted"));
    assertThat(plan.order()).contains(ChannelOrder.descending(ChannelPlan.magnitudes(X, 8)));
    assertThat(plan.order().orElseThrow().source(0)).isEqualTo(1);
    assertThat(plan.order().orElseThrow().source(1)).isEqualTo(3);
    assertThat(plan.high()).containsExactly(0);
  }

  @Test
  void decodingPutsChannelsBack() {
    double[] decoded = encoded("fmpq8_15_16:1of1:sorted").decode();
    for (int i = 0; i < X.length; i++) {
      assertThat(decoded[i]).isCloseTo(X[i], within(2e-4));
    }
  }

  @Test
  void sortingLessensTheError() {
    assertThat(error("fmpq4:1of2:sorted")).isLessThan(error("fmpq4:1of2"));
  }

  private static double error(String scheme) {
    double[] decoded = encoded(scheme).decode();
    double sum = 0;
    for (int i = 0; i < X.length; i++) {
      sum += (decoded[i] - X[i]) * (decoded[i] - X[i]);
    }
    return sum;
  }

  @Test
  void aScaleSpansATokenOrAllOfThem() {
    assertThat(encoded("fmpq4:1of2").scales(0)).hasSize(4);
    assertThat(encoded("fmpq4:1of2:tensor").scales(0)).hasSize(2);
  }

  @Test
  void aPlanThatWasLearntIsKept() {
    TensorFormat format = TensorFormats.parse("fmpq2:1of4:sorted");
    ChannelPlan other = ChannelPlan.of((Coding.MixedBlocks) format.coding(), reversed());
    EncodedMatrix matrix = Quantizer.quantize(format.withPlan(other), X, 2, 8);
    assertThat(plan(matrix)).isEqualTo(other);
    assertThat(matrix.order()).isEqualTo(other.order());
  }

  private static double[] reversed() {
    return new double[] {1, 2, 3, 4, 5, 6, 7, 8};
  }

  @Test
  void codesOfFewBitsFitThemWhateverTheNumbers() {
    Random random = new Random(5);
    double[] x = random.doubles(600).map(v -> (v - 0.5) * Math.exp(80 * v) * 1e-20).toArray();
    x[0] = 10 * Double.MIN_VALUE;
    Arrays.fill(x, 1, 6, 0);
    EncodedMatrix matrix = Quantizer.quantize(TensorFormats.parse("fmpq6:1of5"), x, 20, 30);
    for (int row = 0; row < 20; row++) {
      for (int k = 0; k < 30; k++) {
        if (!plan(matrix).high().contains(k / 6)) {
          assertThat(Math.abs(integer(matrix, row, k))).isLessThanOrEqualTo(7);
        }
      }
    }
  }

  /** 16 channels: a block of 8 bits, three of 4; 4 scales of 32 bits and 4 flags; places of 4 bits. */
  @Test
  void storageCountsScalesFlagsAndPlaces() {
    double elements = (4 * 8 + 12 * 4) / 16.0;
    TensorFormat plain = TensorFormats.parse("fmpq4:1of4");
    assertThat(plain.bitsPerElement(2, 16)).isEqualTo(elements + 4 * 32 / 16.0 + 4 / 32.0);
    TensorFormat sorted = TensorFormats.parse("fmpq4:1of4:sorted");
    assertThat(sorted.bitsPerElement(2, 16) - plain.bitsPerElement(2, 16)).isEqualTo(4 / 2.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fmpq128 | needs the blocks of more bits: fmpq128:1of4 or fmpq128:blocks0_2",
        "fmpq0:1of4 | group length must be at least 1: 0",
        "fmpq99999:1of4 | channels of a block must be 1..65536: 99999",
        "fmpq128:5of4 | blocks of more bits must be 0..4: 5",
        "fmpq128:1of0 | blocks of a share must be 1..256: 0",
        "fmpq128:blocks1_1 | a block is listed twice: [1, 1]",
        "fmpq128:blocks | blocks of more bits must be a share, 1of4, or a list, blocks0_2: blocks",
        "fmpq128:blocks1_ | blocks of more bits must be a share, 1of4, or a list, blocks0_2:"
            + " blocks1_",
        "fmpq128:1of4:channel | after the blocks may follow sorted, token, tensor: channel",
        "fmpq128_8_8:1of4 | fmpq128_8_8:1of4: blocks of more bits must be integers of more than 8"
            + " bits: int8sym",
        "fmpq128_1_8:1of4 | int1sym: a symmetric range needs a sign and two bits: 1"
      })
  void wrongSchemesAreNamed(String scheme, String rule) {
    assertThatThrownBy(() -> TensorFormats.parse(scheme))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("scheme " + scheme + ": " + rule);
  }

  @Test
  void aListedBlockThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> encoded("fmpq4:blocks2")).hasMessage("block must be 0..1: 2");
  }

  @Test
  void aPlanOfOtherChannelsIsRefused() {
    TensorFormat format = TensorFormats.parse("fmpq2:1of4:sorted");
    ChannelPlan plan = ChannelPlan.of((Coding.MixedBlocks) format.coding(), new double[4]);
    assertThatThrownBy(() -> Quantizer.quantize(format.withPlan(plan), X, 2, 8))
        .hasMessage("planned channels must number 8: 4");
  }
}
