/** What went wrong with an Open311 request, as GeoReport v2 words it: a status, and why. */
export class Open311Error extends Error {
  override readonly name = 'Open311Error';
  readonly status: 400 | 403 | 404;

  constructor(status: 400 | 403 | 404, description: string) {
    super(description);
    this.status = status;
  }
}
