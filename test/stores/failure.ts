/** How an operation of a store fails. */
import { isStoreError, type StoreError } from '../../runtime/src/stores/store-error.ts';

/** The StoreError that an operation fails with, at once or later; anything else is an error of the test. */
export async function failure(operation: () => unknown): Promise<StoreError> {
  try {
    await operation();
  } catch (error) {
    if (isStoreError(error)) return error;
    throw error;
  }
  throw new Error('It did not fail.');
}
