// Zeros above the highest one of a word; BITS if there is no one. By halves, the upper one a power of
// two, so that its count says in one bit that it is empty.
module leading_zeros #(
  parameter BITS = 8
) (
  input  [BITS-1:0]             word,
  output [$clog2(BITS+1)-1:0]   count
);
  localparam HIGH      = BITS > 1 ? 1 << ($clog2(BITS) - 1) : 1;
  localparam LOW       = BITS > 1 ? BITS - HIGH : 1;
  localparam HIGH_BITS = $clog2(HIGH + 1);
  localparam LOW_BITS  = $clog2(LOW + 1);
  generate
    if (BITS == 1) begin : one
      assign count = ~word;
    end else begin : halves
      wire [HIGH_BITS-1:0] in_high;
      wire [LOW_BITS-1:0]  in_low;
      leading_zeros #(.BITS(HIGH)) high (.word(word[BITS-1:LOW]), .count(in_high));
      leading_zeros #(.BITS(LOW)) low (.word(word[LOW-1:0]), .count(in_low));
      assign count = in_high[HIGH_BITS-1] ? HIGH + in_low : in_high;
    end
  endgenerate
endmodule
