/** Whether what takes hours is played too: `PORTCULLIS_LONG=1`. */
export const playsForHours = process.env['PORTCULLIS_LONG'] === '1';
