package macroscope.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.LongStream;
import macroscope.hardware.Component.ConstantTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConstantTableTest {

  private static ConstantTable identity(int bits) {
    return ConstantTable.of(bits, bits, LongStream.range(0, 1L << bits).toArray());
  }

  private static ConstantTable random(int addressBits, int bits) {
    long[] words = new Random(1).longs(1L << addressBits).map(w -> w >>> (64 - bits)).toArray();
    return ConstantTable.of(addressBits, bits, words);
  }

  private static ConstantTable bit(int addressBits, LongStream words) {
    return ConstantTable.of(addressBits, 1, words.toArray());
  }

  @ParameterizedTest
  @CsvSource({"1", "5", "9"})
  void aTableOfItsOwnAddressesIsWires(int bits) {
    assertThat(identity(bits)).isEqualTo(new ConstantTable(bits, bits, 0, 0, 0));
  }

  @Test
  void aTableOfOneWordIsNothing() {
    assertThat(ConstantTable.of(3, 4, new long[] {5, 5, 5, 5, 5, 5, 5, 5}).size()).isZero();
  }

  @Test
  void theLastWordAloneIsAnAndOfAllAddressBits() {
    assertThat(bit(4, LongStream.range(0, 16).map(i -> i == 15 ? 1 : 0)))
        .isEqualTo(new ConstantTable(4, 1, 0, 3, 1));
  }

  /** With complement edges parity has a node for each bit but the last, which is a wire. */
  @ParameterizedTest
  @CsvSource({"2, 1, 1", "6, 5, 1", "8, 7, 2"})
  void parityIsAChain(int addressBits, int selectors, int functions) {
    assertThat(
            bit(addressBits, LongStream.range(0, 1L << addressBits).map(i -> Long.bitCount(i) & 1)))
        .isEqualTo(new ConstantTable(addressBits, 1, selectors, 0, functions));
  }

  @Test
  void equalBitsAreThereOnce() {
    long[] words = new Random(1).longs(256).map(w -> w >>> 63).toArray();
    long[] twice = LongStream.of(words).map(w -> 3 * w).toArray();
    assertThat(ConstantTable.of(8, 2, twice).size())
        .isEqualTo(ConstantTable.of(8, 1, words).size());
  }

  @Test
  void aBitAndItsComplementAreThereOnce() {
    long[] words = new Random(1).longs(256).map(w -> w >>> 63).toArray();
    long[] both = LongStream.of(words).map(w -> w == 0 ? 2 : 1).toArray();
    assertThat(ConstantTable.of(8, 2, both).size()).isEqualTo(ConstantTable.of(8, 1, words).size());
  }

  /** 2^(k - 6) lookup tables, and selectors of two or four above them. */
  @ParameterizedTest
  @CsvSource({"6, 1", "7, 3", "8, 5", "9, 11", "10, 21"})
  void randomBitsTakeALookupTableForEverySixthAddressBitAndSelectors(
      int addressBits, int functions) {
    assertThat(random(addressBits, 1).functions()).isEqualTo(functions);
  }

  /** A selector of any words has a multiplexer for each but one. */
  @ParameterizedTest
  @CsvSource({"4, 8", "6, 8", "8, 8"})
  void noTableIsLargerThanASelectorOfItsWords(int addressBits, int bits) {
    assertThat(random(addressBits, bits).size())
        .isLessThan(new Component.Multiplexer(1 << addressBits, bits).size());
  }

  @Test
  void theOrderOfAddressBitsIsTheBetterOfBoth() {
    long[] words = LongStream.range(0, 64).map(i -> i < 17 ? 1 : 0).toArray();
    long[] reversed =
        LongStream.range(0, 64).map(i -> words[(int) (Long.reverse(i) >>> 58)]).toArray();
    assertThat(ConstantTable.of(6, 1, reversed)).isEqualTo(ConstantTable.of(6, 1, words));
  }

  @Test
  void moreWordsThanAddressesAreRefused() {
    assertThatThrownBy(() -> ConstantTable.of(2, 1, new long[5]))
        .hasMessage("words must be 1..4: 5");
  }
}
