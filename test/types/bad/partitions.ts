// Partitions without a bound or with half of one, parents that are no classes.
import { Entity, integer, PrimaryKey } from 'lockstep-pg'

@Entity({ partitions: [{ name: 'a' }] }) // error
@Entity({ partitions: [{ name: 'a', from: 1 }] }) // error
@Entity({ partitions: [{ name: 'a', modulus: 2 }] }) // error
@Entity({ partitions: [{ name: 'a', default: false }] }) // error
@Entity({ partitions: [{ in: [1] }] }) // error
@Entity({ partitions: 'elsewhere' }) // error
@Entity({ partitionBy: { rnage: ['id'] } }) // error
@Entity({ partitionBy: 'id' }) // error
@Entity({ inherits: 'parent' }) // error
@Entity({ inherits: [() => 5] }) // error
@Entity({ accessMethod: 5 }) // error
export class Wrong {
  @PrimaryKey(integer(), { options: { ndistinct: 5 } }) id!: number // error
  @PrimaryKey(integer(), { options: { nDistinct: '5' } }) other!: number // error
}
