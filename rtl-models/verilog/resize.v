// A number in another width: cut off at the top, or extended by its sign (by zeros if unsigned).
module resize #(
  parameter FROM   = 8,
  parameter TO     = 8,
  parameter SIGNED = 1
) (
  input  [FROM-1:0] number,
  output [TO-1:0]   resized
);
  generate
    if (TO <= FROM) begin : cut
      assign resized = number[TO-1:0];
    end else begin : extend
      wire fill = (SIGNED != 0) & number[FROM-1];
      assign resized = {{(TO - FROM){fill}}, number};
    end
  endgenerate
endmodule
