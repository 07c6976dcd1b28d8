package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import macroscope.format.Logarithms;
import macroscope.reference.ReferenceLogarithmicSum;
import macroscope.tensor.EncodedMatrix;
import macroscope.unit.TwinCheck.Draw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogarithmicSumUnitTest {

  private static LogarithmicSumSpec spec(String parameters) {
    return (LogarithmicSumSpec) UnitSpelling.parse("lns:" + parameters);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=lns8_3,accumulator=lns12_6,index_bits=6",
        "a=lns8_3,accumulator=lns12_6,index_bits=3,length=4",
        "a=lns8_3,accumulator=lns9_3,index_bits=0",
        "a=lns14_8,accumulator=lns14_8,index_bits=6",
        "a=lns6_2,b=lns8_3,accumulator=lns10_4,index_bits=4"
      })
  void equalsItsTwin(String parameters) {
    LogarithmicSumSpec spec = spec(parameters);
    TwinCheck check =
        new TwinCheck(
            new LogarithmicSumUnit(spec),
            new ReferenceLogarithmicSum(spec),
            spec.a(),
            spec.b(),
            75);
    assertThat(check.differences(Draw.FINITE, 4, 270, 24, 8)).isEmpty();
  }

  @Test
  void nanStaysNan() {
    LogarithmicSumSpec spec = spec("a=lns8_3,accumulator=lns12_6,index_bits=6");
    TwinCheck check =
        new TwinCheck(
            new LogarithmicSumUnit(spec),
            new ReferenceLogarithmicSum(spec),
            spec.a(),
            spec.b(),
            75);
    assertThat(check.differences(Draw.RAW, 20, 20, 16, 16)).isEmpty();
  }

  /** round(log2(1 + 2^-d) 2^4), d = 0, 1/16, ...: 16 at equal numbers. */
  @Test
  void theSumOfEqualNumbersIsTwice() {
    assertThat(Logarithms.gaussian(false, 4, 0)[0]).isEqualTo(16);
  }

  /** log2(1 - 2^-1) = -1. */
  @Test
  void halfOfANumberTakenAwayLeavesHalf() {
    assertThat(Logarithms.gaussian(true, 4, 0)[16]).isEqualTo(-16);
  }

  /** d <= -log2(2^(2^-(f+1)) - 1). */
  @ParameterizedTest
  @CsvSource({"0, 2", "1, 5", "3, 36", "6, 482"})
  void tablesEndWhereNothingIsAdded(int fractionBits, int entries) {
    assertThat(Logarithms.gaussian(false, fractionBits, 0)).hasSize(entries);
  }

  /** 2^0 + 2^0 - 2^1 in this order. */
  @Test
  void aDifferenceOfEqualNumbersIsZero() {
    LogarithmicSumSpec spec = spec("a=lns8_3,accumulator=lns12_6,index_bits=6");
    LogarithmicSumUnit unit = new LogarithmicSumUnit(spec);
    EncodedMatrix a = TwinCheck.matrix(spec.a(), 1, 3, new long[] {0, 0, 8});
    EncodedMatrix b = TwinCheck.matrix(spec.b(), 1, 3, new long[] {0, 0, 128});
    Accumulators sums = Accumulators.zeros(unit.accumulatorFormat(), 1, 1);
    unit.gemm(unit.prepareA(a), unit.prepareB(b), 0, 3, sums);
    assertThat(spec.accumulator().isZero(sums.codes()[0])).isTrue();
  }

  @Test
  void anAccumulatorHasTheFractionOfItsOperands() {
    assertThatThrownBy(() -> spec("a=lns8_3,accumulator=lns8_2,index_bits=2"))
        .hasMessageEndingWith("fraction bits of the accumulator must be 3..12: 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=lns8_3,accumulator=lns12_6,index_bits=6|a=lns8_3,accumulator=lns12_6,index_bits=5",
        "a=lns8_3,accumulator=lns12_6,index_bits=6|a=lns8_3,accumulator=lns14_6,index_bits=6",
        "a=lns8_3,accumulator=lns12_6,index_bits=6|a=lns8_2,accumulator=lns12_6,index_bits=6,b=lns9_3",
        "a=lns8_3,accumulator=lns12_6,index_bits=6|a=lns8_3,accumulator=lns12_6,index_bits=6,length=2"
      })
  void everyParameterChangesTheHardware(String one, String other) {
    LogarithmicSumUnit first = new LogarithmicSumUnit(spec(one));
    LogarithmicSumUnit second = new LogarithmicSumUnit(spec(other));
    assertThat(first.inventory() + "" + first.pipeline())
        .isNotEqualTo(second.inventory() + "" + second.pipeline());
  }
}
