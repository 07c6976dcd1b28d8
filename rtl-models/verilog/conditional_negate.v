// A magnitude as a two's complement number of one bit more, or its negation.
module conditional_negate #(
  parameter BITS = 8
) (
  input             negative,
  input  [BITS-1:0] magnitude,
  output [BITS:0]   number
);
  assign number = ({1'b0, magnitude} ^ {(BITS + 1){negative}}) + negative;
endmodule
