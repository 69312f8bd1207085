/** What routes call besides the rooms' own functions: the parts that `compose` builds once. */
export interface Services {
  readonly publicUrl: string;
}
