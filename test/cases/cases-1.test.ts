// Every third case, so that the cases run side by side.
import { proveCases } from '../support/case-runner.js'

proveCases(0, 3)
