// A logarithm as a code of the logarithmic number system: what is too large becomes the largest number,
// what is too small, or not there, zero. A code is a sign above a two's complement logarithm, whose
// least value means zero beside the sign 0 and NaN beside the sign 1.
module lns_fit #(
  parameter WIDE = 12,
  parameter BITS = 8
) (
  input                    present,
  input                    negative,
  input  signed [WIDE-1:0] logarithm,
  output        [BITS-1:0] code
);
  wire signed [WIDE-1:0] most  = (1 << (BITS - 2)) - 1;
  wire                   above = logarithm > most;
  wire                   below = logarithm < -most;
  wire        [BITS-2:0] fit   = above ? most[BITS-2:0] : logarithm[BITS-2:0];
  assign code = !present | below ? {2'b01, {(BITS - 2){1'b0}}} : {negative, fit};
endmodule
