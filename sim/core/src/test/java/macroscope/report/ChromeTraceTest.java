package macroscope.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChromeTraceTest {

  private static ChromeTrace.Event event(String lane, double start, double duration) {
    return new ChromeTrace.Event(lane, "work", start, duration, Map.of("k", "v"));
  }

  /** Back to back at clocks whose cycles are no whole nanoseconds. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 333, 1050, 1410, 3900, 7777})
  void whatFollowsEachOtherNeverOverlaps(double megahertz) {
    Random random = new Random(1);
    List<ChromeTrace.Event> events = new ArrayList<>();
    long cycle = 0;
    for (int i = 0; i < 2000; i++) {
      int duration = 1 + random.nextInt(5);
      events.add(event("array", cycle / megahertz, duration / megahertz));
      cycle += duration;
    }
    assertThat(TraceFormat.check(ChromeTrace.json("m", events))).isEqualTo(2000);
  }

  @Test
  void lanesAreThreads() {
    String json = ChromeTrace.json("m", List.of(event("b", 2, 5), event("a", 1, 5)));
    assertThat(TraceFormat.check(json)).isEqualTo(2);
  }

  @Test
  void aTraceOfNothingIsValid() {
    assertThat(TraceFormat.check(ChromeTrace.json("m", List.of()))).isZero();
  }

  @Test
  void slicesThatOverlapAreFound() {
    String json = ChromeTrace.json("m", List.of(event("a", 1, 5), event("a", 3, 5)));
    assertThatThrownBy(() -> TraceFormat.check(json))
        .hasMessageStartingWith("slices of a thread must nest");
  }

  @Test
  void slicesMayNest() {
    String json = ChromeTrace.json("m", List.of(event("a", 1, 5), event("a", 2, 3)));
    assertThat(TraceFormat.check(json)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"traceEvents\":[]|not JSON",
        "{\"traceEvents\":[]} 1|not JSON",
        "{}|traceEvents must be an array",
        "{\"traceEvents\":[{\"ph\":\"X\"}]}|name must be a string",
        "{\"traceEvents\":[{\"ph\":\"Q\",\"name\":\"n\",\"pid\":0,\"tid\":0}]}|unknown phase",
        "{\"traceEvents\":[{\"ph\":\"X\",\"name\":\"n\",\"pid\":0,\"tid\":0,\"ts\":1}]}|ts, dur",
        "{\"traceEvents\":[{\"ph\":\"C\",\"name\":\"n\",\"pid\":0,\"tid\":0,\"ts\":1}]}|a counter must",
        "{\"traceEvents\":[{\"ph\":\"M\",\"name\":\"n\",\"pid\":0,\"tid\":0}]}|metadata's name"
      })
  void whatBreaksARuleIsFound(String json, String rule) {
    assertThatThrownBy(() -> TraceFormat.check(json)).hasMessageStartingWith(rule);
  }
}
